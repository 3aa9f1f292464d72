import { and, eq, inArray } from 'drizzle-orm'
import { mutedReminders } from '#db/schema.ts'
import { remindsOnlyWaited } from '#shared/live/over-days.ts'
import { hasReveal, hasWriting, isAnonymous } from '#shared/live/rules.ts'
import type { Reminder } from '#shared/words.ts'
import type { GroupRow } from '../groups/guards.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { sayClock, sayDay } from '../sessions/local-time.ts'
import type { Change } from './change-session-room.ts'
import { findExpected, findMissing, type Expected } from './find-expected.ts'
import type { BlockRow } from './go-to-block.ts'

type Mailing = Pick<Change, 'house' | 'tx' | 'session'>

/** A block over days has opened: everybody expected hears until when. */
export async function mailOpened(change: Mailing, group: GroupRow, block: BlockRow): Promise<void> {
  const { tx, session } = change
  const due = sayDue(session, group)
  await mailTo(change, group, await findExpected(tx, session), 'hour', {
    subject: `${session.title}: “${block.title}” is open until ${due.short}`,
    paragraphs: [
      `“${block.title}” is open now, in a session of ${group.name} that everybody takes part in when it suits them.`,
      `Until ${due.long}.`,
      whoReads(block),
    ],
  })
}

/**
 * A day before it is due, to whoever is waited for. Without names, and while people vote, to everybody: who gets it says nothing.
 */
export async function mailReminder(change: Mailing, group: GroupRow, block: BlockRow): Promise<void> {
  const { tx, session } = change
  const due = sayDue(session, group)
  const only = remindsOnlyWaited(block)
  const people = only ? await findMissing(tx, session, block) : await findExpected(tx, session)
  await mailTo(change, group, people, 'day', {
    subject: `${session.title}: “${block.title}” is open until ${due.short}`,
    paragraphs: [
      only
        ? `“${block.title}”, in a session of ${group.name}, is still open for you.`
        : `“${block.title}”, in a session of ${group.name}, is open for one more day. Everybody gets this, whether they took part or not.`,
      `Until ${due.long}.`,
    ],
  })
}

async function mailTo(
  { house, tx, session }: Mailing,
  group: GroupRow,
  people: Expected[],
  kind: Reminder,
  letter: Pick<Letter, 'subject' | 'paragraphs'>,
): Promise<void> {
  const ids = people.map(({ id }) => id)
  const muted =
    ids.length === 0
      ? []
      : await tx
          .select({ id: mutedReminders.accountId })
          .from(mutedReminders)
          .where(and(inArray(mutedReminders.accountId, ids), eq(mutedReminders.kind, kind)))
  for (const { id, email, sample } of people) {
    if (sample || muted.some((one) => one.id === id)) continue
    await sendMail(house, tx, {
      ...letter,
      to: email,
      action: { label: 'Take part', url: `${house.config.origin}/room/${session.id}` },
      footer: `You get this because you are a member of ${group.name} on Shortside. Mails when something opens, and a day before it closes, can be muted in your account: ${house.config.origin}/account#reminders`,
    })
  }
}

function sayDue({ timerEndsAt, endsAt }: SessionRow, { zone }: GroupRow) {
  const dueAt = timerEndsAt ?? endsAt
  return {
    short: sayDay(dueAt, zone),
    long: `${sayDay(dueAt, zone)}, ${sayClock(dueAt, zone)} (${zone})`,
  }
}

function whoReads(block: BlockRow): string {
  if (isAnonymous(block) && hasReveal(block))
    return 'Nobody learns who wrote what, or who wrote. What was written is shown to everybody afterwards, if at least three wrote.'
  if (hasWriting(block))
    return hasReveal(block)
      ? 'What you write is read by nobody before then. When the time is up, or everybody is done, all of it is shown to everybody.'
      : 'What you write stays with you, also afterwards.'
  return block.kind === 'vote'
    ? 'Votes are secret; when the time is up, or everybody is done, the sums are shown.'
    : 'Everybody in the session reads what you promise.'
}
