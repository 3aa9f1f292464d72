import { and, asc, eq, ne } from 'drizzle-orm'
import { accounts, commitments, witnesses } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { liveCalls } from '#shared/live.ts'
import { readPossibleWitnesses } from '../commitments/ask-witness.ts'
import { notBlocked } from '../commitments/list-witnessing.ts'
import { readGroupSkills } from '../commitments/require-skill.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'

/** What the form of a commitment offers. */
export async function listCommitmentChoices(
  { db }: House,
  { member, session }: Seat,
): Promise<Output<typeof liveCalls.listCommitmentChoices>> {
  return {
    people: await readPossibleWitnesses(db, session, member.account.id),
    skills: await readGroupSkills(db, session.groupId),
  }
}

/** Whom I asked, and what I am asked. Of a no nobody learns; whoever asked sees that nobody is asked any more. */
export async function listMyWitnesses(
  house: House,
  { member, session }: Seat,
): Promise<Output<typeof liveCalls.listMyWitnesses>> {
  const me = member.account.id
  const rows = await house.db
    .select({
      commitmentId: commitments.id,
      makerId: commitments.accountId,
      state: witnesses.state,
      remind: witnesses.remind,
      id: accounts.id,
      name: accounts.name,
    })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .innerJoin(accounts, eq(accounts.id, witnesses.accountId))
    .where(and(eq(commitments.sessionId, session.id), ne(witnesses.state, 'declined')))
    .orderBy(asc(witnesses.askedAt), asc(commitments.id))
  const heard = await house.db
    .select({ commitmentId: witnesses.commitmentId })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .where(and(eq(commitments.sessionId, session.id), eq(witnesses.accountId, me), notBlocked(house)))
  return {
    asked: rows
      .filter(({ makerId, state }) => makerId === me && state === 'asked')
      .map(({ commitmentId, id, name }) => ({ commitmentId, id, name })),
    ofMine: rows.flatMap(({ commitmentId, id, state, remind }) =>
      id === me && state !== 'declined' && heard.some((one) => one.commitmentId === commitmentId)
        ? [{ commitmentId, state, remind }]
        : [],
    ),
  }
}
