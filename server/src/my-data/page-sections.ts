import type { MyData } from '#shared/my-data.ts'
import { eveningSections } from './evening-sections.ts'
import { feedbackSections } from './feedback-sections.ts'
import { leadingSections } from './leading-sections.ts'
import { podSections } from './pod-sections.ts'
import { templateSections } from './template-sections.ts'
import { witnessSections } from './witness-sections.ts'
import { groupLifeSections } from './group-life-sections.ts'
import { followingSections } from './following-sections.ts'
import { listeningSections } from './listening-sections.ts'
import { postSections } from './post-sections.ts'

export type Section = { title: string; none: string; entries: Entry[] }
/** A heading, its words as they were written, and what is known about them. */
export type Entry = { title: string; words?: string; facts: [string, string | null][] }

/** What the page shows, in the order of what people look for first. */
export function sectionsOf(data: MyData): Section[] {
  const zone = zoneOf(data)
  const at = (instant: string | null) => (instant === null ? null : sayInstant(instant, zone))
  const yes = (is: boolean) => (is ? 'yes' : 'no')
  const meeting = ({
    group,
    session,
    startsAt,
  }: {
    group: string | null
    session: string | null
    startsAt: string | null
  }) =>
    [
      ['Group', group],
      ['Session', startsAt === null ? null : `${session}, ${sayInstant(startsAt, zone)}`],
    ] satisfies Entry['facts']
  const discussion = (one: Omit<MyData['threadsRead'][number], 'posts' | 'readAt'>) =>
    [
      ['Group', one.group],
      ['Episode', one.episode],
      ['Session', one.session],
      ['About', one.quote ? `“${one.quote}”` : null],
      ['At', one.at === null ? null : sayMoment(one.at)],
    ] satisfies Entry['facts']
  const { account } = data
  return [
    {
      title: 'Account',
      none: '',
      entries: [
        {
          title: account.name,
          facts: [
            ['E-mail', account.email],
            ['Confirmed', at(account.confirmedAt) ?? 'not yet'],
            ['Time zone', account.zone],
            ['Password', account.hasPassword ? 'set; only a hash of it is kept' : 'none'],
            ['Runs this instance', yes(account.operator)],
            ['Since', at(account.since)],
            ['Suspended', at(account.suspendedAt)],
            ['Why', account.suspendedBecause],
          ],
        },
      ],
    },
    {
      title: 'Open sign-ins',
      none: 'None.',
      entries: data.signIns.map(({ device, since, endsAt }) => ({
        title: device || 'Unknown device',
        facts: [
          ['Since', at(since)],
          ['Ends', at(endsAt)],
        ],
      })),
    },
    {
      title: 'Sign-ins through a company',
      none: 'None.',
      entries: data.companySignIns.map((one) => ({
        title: one.organization,
        facts: [
          ['Provider', one.issuer],
          ['Who you are there', one.subject],
          ['Since', at(one.since)],
        ],
      })),
    },
    {
      title: 'Groups',
      none: 'You have been in no group.',
      entries: data.memberships.map((one) => ({
        title: one.group,
        facts: [
          ['Role', one.role],
          ['Status', one.status],
          ['Asked or invited', at(one.askedAt)],
          ['Joined', at(one.joinedAt)],
          ['Ended', at(one.endedAt)],
        ],
      })),
    },
    {
      title: 'Commitments',
      none: 'None.',
      entries: data.commitments.map((one) => ({
        title: `If ${one.cue}, then I will ${one.action}`,
        words: [
          ...one.earlier.map(
            (before) => `${at(before.saidAt) ?? ''}: ${before.status}. ${before.reflection}`,
          ),
          one.reflection,
        ]
          .filter(Boolean)
          .join('\n'),
        facts: [
          ...meeting(one),
          ['By', one.due],
          ['Skill', one.skill],
          ['What became of it', one.status],
          ['Made', at(one.madeAt)],
          ['Closed', at(one.closedAt)],
        ],
      })),
    },
    {
      title: 'What you wrote in sessions',
      none: 'Nothing.',
      entries: data.answers.map((one) => ({
        title: one.block,
        words: one.words,
        facts: [
          ...meeting(one),
          ['Written', at(one.writtenAt)],
          ['Revealed', at(one.revealedAt) ?? 'never: you alone read it'],
          ['Taken out of the wrap-up', at(one.takenOutAt)],
        ],
      })),
    },
    {
      title: 'What you wrote in threads',
      none: 'Nothing.',
      entries: data.posts.map((one) => ({
        title: `Post ${one.number}`,
        words: one.words,
        facts: [
          ...discussion(one),
          ['Posted', at(one.postedAt)],
          ['Changed', at(one.editedAt)],
          ['Withdrawn', at(one.withdrawnAt)],
          ['Hidden', at(one.hiddenAt)],
          ['Why', one.hiddenBecause],
        ],
      })),
    },
    ...postSections(data, at),
    {
      title: 'Threads you started',
      none: 'None.',
      entries: data.threadsStarted.map((one) => ({
        title: one.title || (one.episode ?? one.session ?? one.group),
        facts: [...discussion(one), ['Open question', one.question], ['Started', at(one.startedAt)]],
      })),
    },
    {
      title: 'Threads you read',
      none: 'None.',
      entries: data.threadsRead.map((one) => ({
        title: one.episode ?? one.session ?? one.group,
        facts: [
          ...discussion(one),
          ['Posts read', sayRanges(one.posts)],
          ['Last read', sayInstant(one.readAt, zone)],
        ],
      })),
    },
    {
      title: 'Sessions you ran',
      none: 'None.',
      entries: data.sessionsRun.map((one) => ({
        title: one.session,
        facts: [...meeting(one), ['As', one.as]],
      })),
    },
    {
      title: 'Whether you planned to come',
      none: 'You have answered for no session.',
      entries: data.rsvps.map((one) => ({
        title: one.session,
        facts: [
          ...meeting(one),
          ['Answer', one.answer.replace('-', ' ')],
          ['Answered', at(one.answeredAt)],
          ['Kept for you until', at(one.offerEndsAt)],
        ],
      })),
    },
    {
      title: 'Sessions you came to as a guest',
      none: 'None.',
      entries: data.guestOf.map((one) => ({
        title: one.session,
        facts: [
          ...meeting(one),
          ['Confirmed', at(one.confirmedAt)],
          ['Reminded', at(one.remindedAt)],
          ['Taken off the list', at(one.removedAt)],
        ],
      })),
    },
    {
      title: 'Sessions you were at',
      none: 'None.',
      entries: data.attendances.map((one) => ({
        title: one.session,
        facts: [
          ...meeting(one),
          ['Arrived', at(one.arrivedAt)],
          ['Noticed by', `the ${one.noticed}`],
          ['With your phone', one.alsoHere === 0 ? null : `${String(one.alsoHere)} more`],
          ['You shared the phone of', one.cameWith],
        ],
      })),
    },
    {
      title: 'What you told of your table',
      none: 'Nothing.',
      entries: data.tableReports.map((one) => ({
        title: one.session,
        words: one.words,
        facts: [
          ...meeting(one),
          ['Part', one.block],
          ['Table', String(one.table)],
          ['Done', one.done ? 'yes' : 'no'],
          ['Revealed', one.revealed ? 'yes' : 'no, only you read it'],
        ],
      })),
    },
    {
      title: 'Turns to speak',
      none: 'None.',
      entries: data.turns.map((one) => ({
        title: one.session,
        facts: [...meeting(one), ['Asked for', String(one.asked)], ['Taken', String(one.spoken)]],
      })),
    },
    {
      title: 'Organizations you are or were a colleague of',
      none: 'None.',
      entries: data.organizations.map((one) => ({
        title: one.organization,
        facts: [
          ['Role', one.role],
          ['Status', one.status],
          ['Since', at(one.joinedAt)],
          ['Until', at(one.endedAt)],
        ],
      })),
    },
    {
      title: 'What was kept about you in the audit trail',
      none: 'Nothing.',
      entries: data.keptAboutMe.map((one) => kept(one, at)),
    },
    {
      title: 'What was kept of what you did to others or to settings',
      none: 'Nothing.',
      entries: data.keptByMe.map((one) => kept(one, at)),
    },
    ...eveningSections(data, at, meeting),
    ...podSections(data, at),
    ...leadingSections(data, at, meeting),
    ...templateSections(data, at),
    ...witnessSections(data, at),
    ...feedbackSections(data, at),
    ...groupLifeSections(data, at),
    ...followingSections(data, at),
    ...listeningSections(data, at),
    {
      title: 'Invites you made',
      none: 'None.',
      entries: data.invitesMade.map((one) => ({
        title: one.group,
        facts: [
          ['As', one.role],
          ['For one person', yes(one.forOnePerson)],
          ['Used', one.maxUses === null ? String(one.uses) : `${one.uses} of ${one.maxUses}`],
          ['Made', at(one.madeAt)],
          ['Open until', at(one.expiresAt)],
          ['Revoked', at(one.revokedAt)],
        ],
      })),
    },
    {
      title: 'Shows you had the group follow',
      none: 'None.',
      entries: data.showsFollowed.map((one) => ({
        title: one.show,
        facts: [
          ['Group', one.group],
          ['Feed', one.feed],
          ['Followed', at(one.followedAt)],
        ],
      })),
    },
    {
      title: 'Episodes you imported',
      none: 'None.',
      entries: data.episodesImported.map((one) => ({
        title: one.episode,
        facts: [
          ['Group', one.group],
          ['Imported', at(one.importedAt)],
        ],
      })),
    },
    {
      title: 'What you put right in transcripts',
      none: 'Nothing.',
      entries: data.corrections.map((one) => ({
        title: one.episode,
        words: one.words,
        facts: [
          ['Group', one.group],
          ['When', at(one.at)],
        ],
      })),
    },
    {
      title: 'What you reported',
      none: 'Nothing.',
      entries: data.reportsSent.map((one) => ({
        title: `Report of ${one.kind === 'announcement' || one.kind === 'organizer' ? 'an' : 'a'} ${one.kind}`,
        words: one.words,
        facts: [
          ['Group', one.group],
          ['Reason', one.reason],
          ['Sent to', `the ${one.to}`],
          ['Sent', at(one.sentAt)],
          ['Decision', one.decision?.replace('-', ' ') ?? 'not yet'],
          ['Decided', at(one.decidedAt)],
        ],
      })),
    },
    {
      title: 'People you blocked',
      none: 'Nobody.',
      entries: data.peopleBlocked.map(({ name, since }) => ({ title: name, facts: [['Since', at(since)]] })),
    },
    {
      title: 'Series you come to all of',
      none: 'None.',
      entries: data.registrations.map((one) => ({
        title: one.series,
        facts: [
          ['Group', one.group],
          ['Registered', at(one.registeredAt)],
        ],
      })),
    },
    {
      title: 'Series you planned',
      none: 'None.',
      entries: data.seriesPlanned.map((one) => ({
        title: one.series,
        facts: [
          ['Group', one.group],
          ['From', `${one.startsLocal.replace('T', ' ')} (${one.zone})`],
          ['Rule', one.rule],
        ],
      })),
    },
    {
      title: 'Reminders you muted',
      none: 'None.',
      entries: data.remindersMuted.map(({ kind }) => ({ title: `One ${kind} before`, facts: [] })),
    },
    {
      title: 'Suggestions you put off',
      none: 'None.',
      entries: data.suggestionsPutOff.map((one) => ({
        title: one.suggestion,
        facts: [
          ['Group', one.group],
          ['Until', at(one.until)],
        ],
      })),
    },
  ]
}

const kept = (one: MyData['keptAboutMe'][number], at: (instant: string | null) => string | null): Entry => ({
  title: one.action.replaceAll('-', ' '),
  facts: [
    ['In', one.place ?? ''],
    ['When', at(one.at)],
  ],
})

export const zoneOf = ({ account }: MyData): string => account.zone

export const sayInstant = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  )

const sayRanges = (ranges: MyData['threadsRead'][number]['posts']): string =>
  ranges.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ')

/** Seconds as a player shows them. */
const sayMoment = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
