import type { MyData } from '#shared/my-data.ts'
import type { Entry, Section } from './page-sections.ts'

type Meeting = { group: string; session: string; startsAt: string }

/** What I wanted to ask, whom I asked in, and where I was on a large evening. */
export const eveningSections = (
  data: MyData,
  at: (instant: string | null) => string | null,
  meeting: (one: Meeting) => Entry['facts'],
): Section[] => [
  {
    title: 'Questions you wanted to ask',
    none: 'None.',
    entries: data.questionsAsked.map((one) => ({
      title: one.words,
      facts: [...meeting(one), ['Asked', at(one.askedAt)], ['Answered', at(one.answeredAt)]],
    })),
  },
  {
    title: 'Questions of others you voted for',
    none: 'None.',
    entries: data.questionsVotedFor.map((one) => ({
      title: one.session,
      facts: [...meeting(one), ['Votes', String(one.votes)]],
    })),
  },
  {
    title: 'Guests you invited',
    none: 'None.',
    entries: data.guestsInvited.map((one) => ({
      title: one.session,
      words: one.expects,
      facts: [
        ...meeting(one),
        ['Answer', one.answer],
        ['Invited', at(one.invitedAt)],
        ['Taken back', at(one.revokedAt)],
      ],
    })),
  },
  {
    title: 'Guests you thanked',
    none: 'None.',
    entries: data.guestsThanked.map((one) => ({
      title: one.session,
      words: one.words,
      facts: [...meeting(one), ['Sent', at(one.thankedAt)]],
    })),
  },
  {
    title: 'Links for the door you made',
    none: 'None.',
    entries: data.doorLinksMade.map((one) => ({
      title: one.label,
      facts: [
        ...meeting(one),
        ['Kind', one.kind],
        ['Made', at(one.madeAt)],
        ['Taken back', at(one.revokedAt)],
      ],
    })),
  },
  {
    title: 'What the door noted about you',
    none: 'Nothing.',
    entries: data.marksAtDoor.map((one) => ({
      title: one.session,
      facts: [...meeting(one), ['Here', one.here ? 'yes' : 'no'], ['Noted', at(one.at)]],
    })),
  },
  {
    title: 'Tables you sat at',
    none: 'None.',
    entries: data.tablesSatAt.map((one) => ({ title: `Table ${one.table}`, facts: meeting(one) })),
  },
  {
    title: 'Tables you hosted or would host',
    none: 'None.',
    entries: [
      ...data.tablesHosted.map((one) => ({ title: `Table ${one.table}`, facts: meeting(one) })),
      ...data.hostOffers.map((one) => ({
        title: 'You would host one',
        facts: [...meeting(one), ['Since', at(one.offeredAt)]] satisfies Entry['facts'],
      })),
    ],
  },
]
