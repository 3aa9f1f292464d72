import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { commitments, groups, sessions, witnesses, wrapUps } from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What I am the witness of, without what others promised; and what I wrote at the top of wrap-ups. */
export async function readMyWitnessing(tx: Transaction, accountId: string) {
  const where = { group: groups.name, session: sessions.title, startsAt: sessions.startsAt }
  const asked = await tx
    .select({ ...where, witness: witnesses })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(witnesses.accountId, accountId))
    .orderBy(asc(witnesses.askedAt))
  const corrected = await tx
    .select({ ...where, wrapUp: wrapUps })
    .from(wrapUps)
    .innerJoin(sessions, eq(sessions.id, wrapUps.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(wrapUps.accountId, accountId))
    .orderBy(asc(sessions.startsAt))
  return {
    witnessOf: asked.map(({ witness: { state, askedAt, answeredAt, remind }, startsAt, ...one }) => ({
      ...one,
      startsAt: startsAt.toISOString(),
      state,
      askedAt: askedAt.toISOString(),
      answeredAt: orNull(answeredAt),
      remind,
    })),
    wrapUpsCorrected: corrected.map(({ wrapUp, startsAt, ...one }) => ({
      ...one,
      startsAt: startsAt.toISOString(),
      note: wrapUp.note,
      parked: wrapUp.alsoParked,
      correctedAt: wrapUp.correctedAt.toISOString(),
    })),
  }
}
