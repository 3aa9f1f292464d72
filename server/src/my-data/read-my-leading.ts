import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { codeGuests, coFacilitators, groups, leads, sessions } from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** Which sessions I led or was named for, and where I came in with a code. */
export async function readMyLeading(tx: Transaction, accountId: string) {
  const where = { group: groups.name, session: sessions.title, startsAt: sessions.startsAt }
  const inOrder = asc(sessions.startsAt)
  const led = await tx
    .select(where)
    .from(leads)
    .innerJoin(sessions, eq(sessions.id, leads.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(leads.leaderId, accountId))
    .orderBy(inOrder)
  const named = await tx
    .select(where)
    .from(coFacilitators)
    .innerJoin(sessions, eq(sessions.id, coFacilitators.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(coFacilitators.accountId, accountId))
    .orderBy(inOrder)
  const came = await tx
    .select({ ...where, cameAt: codeGuests.cameAt, removedAt: codeGuests.removedAt })
    .from(codeGuests)
    .innerJoin(sessions, eq(sessions.id, codeGuests.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(codeGuests.accountId, accountId))
    .orderBy(inOrder)
  const dated = <Row extends { startsAt: Date }>(row: Row) => ({
    ...row,
    startsAt: row.startsAt.toISOString(),
  })
  return {
    sessionsLed: led.map(dated),
    coFacilitatorOf: named.map(dated),
    cameByCode: came.map(({ cameAt, removedAt, ...one }) => ({
      ...dated(one),
      cameAt: cameAt.toISOString(),
      removedAt: orNull(removedAt),
    })),
  }
}
