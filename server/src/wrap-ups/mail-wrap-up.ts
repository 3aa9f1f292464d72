import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, attendances, groups, memberships, sessions } from '#db/schema.ts'
import type { Commitment } from '#shared/commitments.ts'
import type { WrapUp, WrapUpBlock } from '#shared/wrap-ups.ts'
import { sayByNumber } from '#shared/wrap-ups.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayDay } from '../sessions/local-time.ts'
import { footerOf } from '../sessions/mail-members.ts'
import { linkTo } from '../sessions/schedule-session.ts'
import { readWrapUp } from './read-wrap-up.ts'
import { sayClosing, sayMinutes, sayVotes, sayUnder } from './say.ts'

/** Of what stands in a list, a mail has the first of it. The page has all. */
const MOST_IN_MAIL = 12

/**
 * Mails the wrap-up, once each, to everybody who is in the group or was there; their own promise comes first. Called in
 * the transaction that closes the session, so it is sent exactly when the session is over. It can still be corrected
 * then, so the mail says that the page is what counts.
 */
export async function mailWrapUp(house: House, tx: Transaction, sessionId: string): Promise<void> {
  const [found] = await tx
    .select({ session: sessions, group: groups })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(sessions.id, sessionId))
  if (!found) return
  const { session, group } = found
  const wrappedUpAt = session.wrappedUpAt ?? house.now()
  const whole = await readWrapUp(house, tx, group, { ...session, wrappedUpAt })
  // Over days a block takes its days, which is no news.
  const wrapUp = session.overDays
    ? { ...whole, blocks: whole.blocks.map((block) => ({ ...block, took: null })) }
    : whole
  for (const reader of await readReaders(tx, group.id, sessionId)) {
    await sendMail(house, tx, {
      to: reader.email,
      subject: `Wrap-up: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
      paragraphs: [...sayWrapUp(wrapUp, reader.id), ...(reader.active ? [PAGE_COUNTS] : [])],
      // Whoever has left may keep the mail; the page is not open to them any more.
      ...(reader.active
        ? { action: { label: 'See the wrap-up', url: linkTo(house, group.slug, session.id, '/wrap-up') } }
        : {}),
      footer: footerOf(group),
    })
  }
}

const PAGE_COUNTS =
  'This is how it stood at the close. For a day it can be put right, and you can take your own answers out: the page is what counts.'

async function readReaders(tx: Transaction, groupId: string, sessionId: string) {
  const there = tx
    .select({ id: attendances.accountId })
    .from(attendances)
    .where(eq(attendances.sessionId, sessionId))
  const rows = await tx
    .select({ id: accounts.id, email: accounts.email, status: memberships.status })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(accounts.sample, false),
        or(
          eq(memberships.status, 'active'),
          // Who was removed is told nothing more, also of an evening that they were there for.
          and(eq(memberships.status, 'left'), inArray(memberships.accountId, there)),
        ),
      ),
    )
    // Never as the database keeps them: that could say who was there last.
    .orderBy(asc(accounts.id))
  return rows.map(({ status, ...reader }) => ({ ...reader, active: status === 'active' }))
}

/** The wrap-up in paragraphs, for one reader. */
function sayWrapUp(wrapUp: WrapUp, readerId: string): string[] {
  const mine = wrapUp.commitments.filter(({ accountId }) => accountId === readerId)
  const others = wrapUp.commitments.filter(({ accountId }) => accountId !== readerId)
  const wasThere = wrapUp.present.some(({ id }) => id === readerId)
  const longest = wrapUp.blocks
    .filter(({ took, minutes }) => took !== null && took >= minutes + 1)
    .toSorted((one, other) => (other.took ?? 0) - other.minutes - ((one.took ?? 0) - one.minutes))
    .slice(0, 1)
  return [
    ...(mine.length > 0 ? [`You said:\n${mine.map(sayCommitment).join('\n')}`] : []),
    wasThere ? 'Thank you for being there. This is what stays.' : 'You were missed. This is what stays.',
    `There: ${sayNames(wrapUp.present)}${sayByNumber(wrapUp.alsoPresent)}.`,
    ...wrapUp.blocks.flatMap(sayBlock),
    ...list(
      'Not talked about yet',
      wrapUp.parked.map(({ title }) => title),
    ),
    ...list(
      'The others said',
      others.map((commitment) => `${commitment.name}: ${sayCommitment(commitment)}`),
    ),
    ...longest.map((block) => `${block.title}: ${sayMinutes(block)}.`),
  ]
}

function sayBlock(block: WrapUpBlock): string[] {
  const said = sayClosing(block)
  const answers = block.answers.map(({ name, body }) => `${name ?? 'Without a name'}: ${body.trim()}`)
  return [
    ...(said
      ? said.flatMap(({ title, words }) => list(sayUnder(block.title, title), words))
      : list(block.title, answers)),
    ...(block.votes ? list(sayUnder(block.title, 'the votes'), sayVotes(block.votes)) : []),
  ]
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length - MOST_IN_MAIL
  const shown = more > 1 ? [...lines.slice(0, MOST_IN_MAIL), `and ${String(more)} more on the page`] : lines
  return [`${title}:\n${shown.join('\n')}`]
}

const sayNames = (people: readonly { name: string }[]) =>
  people.length === 0
    ? 'nobody came into the room'
    : new Intl.ListFormat('en-GB').format(people.map(({ name }) => name))

const sayCommitment = ({ cue, action, due, skill, witness }: Commitment) =>
  `If ${cue}, then I will ${action}${due ? `, by ${sayDay(new Date(due), 'UTC')}` : ''}.${
    skill ? ` (${skill.name})` : ''
  }${witness ? ` Witness: ${witness.name}.` : ''}`
