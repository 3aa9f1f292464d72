import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import { rsvps, sessions } from '#db/schema.ts'
import { countDuties, DUTIES, SESSIONS_IN_ROTA, suggestDuties, type Duty, type Rota } from '#shared/duties.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { holdersOf, readHeld, readRotaPeople } from './read-duty-facts.ts'

/** The duties of the sessions ahead, with who could take what is free. */
export async function readRota({ db, now }: House, { group }: Member): Promise<Rota> {
  const ahead = await db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, group.id),
        or(eq(sessions.status, 'live'), and(eq(sessions.status, 'scheduled'), gt(sessions.endsAt, now()))),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
    .limit(SESSIONS_IN_ROTA)
  const absent = await db
    .select({ sessionId: rsvps.sessionId, accountId: rsvps.accountId })
    .from(rsvps)
    .where(
      and(
        inArray(
          rsvps.sessionId,
          ahead.map(({ id }) => id),
        ),
        eq(rsvps.answer, 'not-coming'),
      ),
    )
  const people = await readRotaPeople(db, group.id)
  const held = await readHeld(db, group.id)
  const named = new Map(people.map(({ id, name }) => [id, { id, name }]))
  const known = (id: string | null | undefined) => (id ? (named.get(id) ?? null) : null)
  const planned = ahead.map((session) => ({
    id: session.id,
    startsAt: session.startsAt.toISOString(),
    holders: holdersOf(session),
    away: absent.filter(({ sessionId }) => sessionId === session.id).map(({ accountId }) => accountId),
  }))
  const suggested = suggestDuties(people, held, planned)
  const done = countDuties(held)
  return {
    sessions: ahead.map(({ id, title, status, startsAt, endsAt }, index) => ({
      id,
      title,
      status,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      duties: DUTIES.map((duty) => ({
        duty,
        holder: known(planned[index]?.holders[duty]),
        suggested: known(suggested.get(id)?.[duty]),
      })),
      away: (planned[index]?.away ?? []).filter((one) => named.has(one)),
    })),
    people: people.map(({ id, name, mayFacilitate }) => ({
      id,
      name,
      mayFacilitate,
      times: Object.fromEntries(DUTIES.map((duty) => [duty, done.of(duty, id).times])) as Record<
        Duty,
        number
      >,
    })),
  }
}
