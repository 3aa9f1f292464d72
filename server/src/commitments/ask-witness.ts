import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, attendances, memberships, sessionGuests, witnesses } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'

type Meeting = { id: string; groupId: string }

/** Whoever is in the group, and the guests who are there; by name. */
export async function readPossibleWitnesses(
  reader: Reader,
  { id, groupId }: Meeting,
  makerId: string,
): Promise<{ id: string; name: string }[]> {
  const person = { id: accounts.id, name: accounts.name }
  const members = await reader
    .select(person)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active'), ne(accounts.id, makerId)))
    .orderBy(asc(accounts.name), asc(accounts.id))
  const guests = await reader
    .select(person)
    .from(attendances)
    .innerJoin(
      sessionGuests,
      and(
        eq(sessionGuests.sessionId, attendances.sessionId),
        eq(sessionGuests.accountId, attendances.accountId),
        isNull(sessionGuests.removedAt),
      ),
    )
    .innerJoin(accounts, eq(accounts.id, attendances.accountId))
    .where(and(eq(attendances.sessionId, id), ne(accounts.id, makerId)))
    .orderBy(asc(accounts.name), asc(accounts.id))
  const known = new Set(members.map((one) => one.id))
  return [...members, ...guests.filter((one) => !known.has(one.id))]
}

/**
 * Asks somebody to be the witness of a commitment, instead of whoever was asked before; `null` asks nobody.
 * @returns those for whom something changed
 */
export async function askWitness(
  tx: Transaction,
  meeting: Meeting,
  commitment: { id: string; makerId: string },
  witnessId: string | null,
  now: Date,
): Promise<string[]> {
  const its = eq(witnesses.commitmentId, commitment.id)
  const [before] = await tx
    .select()
    .from(witnesses)
    .where(and(its, ne(witnesses.state, 'declined')))
  if ((before?.accountId ?? null) === witnessId) return []
  if (before) await tx.delete(witnesses).where(and(its, eq(witnesses.accountId, before.accountId)))
  const gone = before ? [before.accountId] : []
  if (witnessId === null) return gone
  const possible = await readPossibleWitnesses(tx, meeting, commitment.makerId)
  if (!possible.some(({ id }) => id === witnessId))
    throw new Refusal('invalid', 'Choose somebody else who is in the group or here.', 'witnessId')
  const asked = await tx
    .insert(witnesses)
    .values({
      groupId: meeting.groupId,
      commitmentId: commitment.id,
      accountId: witnessId,
      state: 'asked',
      askedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: witnesses.accountId })
  if (asked.length === 0)
    throw new Refusal('conflict', 'They can’t be the witness of this one. Choose somebody else.', 'witnessId')
  return [...gone, witnessId]
}
