import { and, eq, inArray, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, attendances, groups, memberships, sessions } from '#db/schema.ts'
import type { Commitment } from '#shared/commitments.ts'
import type { WrapUp } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayDay } from './local-time.ts'
import { footerOf } from './mail-members.ts'
import { readWrapUp } from './read-wrap-up.ts'
import { linkTo } from './schedule-session.ts'

/**
 * Mails the wrap-up, once each, to everybody who is in the group or was there; their own promise comes first. Called in
 * the transaction that closes the session, so it is sent exactly when the session is over.
 */
export async function mailWrapUp(house: House, tx: Transaction, sessionId: string): Promise<void> {
  const [found] = await tx
    .select({ session: sessions, group: groups })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(sessions.id, sessionId))
  if (!found) return
  const { session, group } = found
  const wrapUp = await readWrapUp(tx, group, {
    ...session,
    wrappedUpAt: session.wrappedUpAt ?? house.now(),
  })
  for (const reader of await readReaders(tx, group.id, sessionId)) {
    await sendMail(house, tx, {
      to: reader.email,
      subject: `Wrap-up: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
      paragraphs: sayWrapUp(wrapUp, reader.id),
      // Whoever has left may keep the mail; the page is not open to them any more.
      ...(reader.active
        ? { action: { label: 'See the wrap-up', url: linkTo(house, group.slug, session.id, '/wrap-up') } }
        : {}),
      footer: footerOf(group),
    })
  }
}

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
  return rows.map(({ status, ...reader }) => ({ ...reader, active: status === 'active' }))
}

/** The wrap-up in paragraphs, for one reader. */
function sayWrapUp(wrapUp: WrapUp, readerId: string): string[] {
  const mine = wrapUp.commitments.filter(({ accountId }) => accountId === readerId)
  const others = wrapUp.commitments.filter(({ accountId }) => accountId !== readerId)
  const wasThere = wrapUp.present.some(({ id }) => id === readerId)
  return [
    ...(mine.length > 0 ? [`You said:\n${mine.map(sayCommitment).join('\n')}`] : []),
    wasThere ? 'Thank you for being there. This is what stays.' : 'You were missed. This is what stays.',
    `There: ${sayNames(wrapUp.present)}.`,
    ...wrapUp.blocks
      .filter(({ answers }) => answers.length > 0)
      .map(
        ({ title, answers }) =>
          `${title}:\n${answers.map(({ name, body }) => `${name ?? 'Without a name'}: ${body.trim()}`).join('\n')}`,
      ),
    ...(others.length > 0
      ? [
          `The others said:\n${others.map((commitment) => `${commitment.name}: ${sayCommitment(commitment)}`).join('\n')}`,
        ]
      : []),
  ]
}

const sayNames = (people: readonly { name: string }[]) =>
  people.length === 0
    ? 'nobody came into the room'
    : new Intl.ListFormat('en-GB').format(people.map(({ name }) => name))

const sayCommitment = ({ cue, action, due }: Commitment) =>
  `If ${cue}, then I will ${action}${due ? `, by ${sayDay(new Date(due), 'UTC')}` : ''}.`
