import { and, asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { sessions, walkIns } from '#db/schema.ts'
import { doorState, type Door, type DoorPerson } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { readPeople } from '../sessions/read-session.ts'
import type { Doorkeeper } from './guards.ts'
import { readTableNumbers } from './read-tables.ts'

/** Who is expected, here, and waits. A helper is not sent who said nothing, or that they don't come. */
export async function readDoor(house: House, { group, session: seen, runs }: Doorkeeper): Promise<Door> {
  const { db } = house
  const [session] = await db.select().from(sessions).where(eq(sessions.id, seen.id))
  if (!session) throw new Refusal('not-found')
  const now = house.now()
  const numbers = await readTableNumbers(db, session.id)
  const people = await readPeople(db, session)
  const listed = people.filter((one) => runs || isExpected(one.answer) || one.present)
  return {
    sessionId: session.id,
    title: session.title,
    groupName: group.name,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    zone: group.zone,
    status: session.status,
    state: doorState(session, now),
    capacity: session.capacity,
    now: now.toISOString(),
    runs,
    people: listed.map(({ id, name, guest, answer, present }) => ({
      id,
      name,
      guest,
      answer,
      here: present,
      table: numbers.get(id) ?? null,
    })),
    walkIns: await readWalkIns(db, session.id, runs, numbers),
  }
}

export const isExpected = (answer: DoorPerson['answer']): boolean =>
  answer === 'coming' || answer === 'offered' || answer === 'waiting'

async function readWalkIns(
  db: Reader,
  sessionId: string,
  runs: boolean,
  numbers: ReadonlyMap<string, number>,
): Promise<Door['walkIns']> {
  const rows = await db
    .select()
    .from(walkIns)
    .where(and(eq(walkIns.sessionId, sessionId), eq(walkIns.here, true)))
    .orderBy(asc(walkIns.arrivedAt), asc(walkIns.id))
  return rows.map(({ id, name, email, arrivedAt }) => ({
    id,
    name,
    arrivedAt: arrivedAt.toISOString(),
    table: numbers.get(id) ?? null,
    ...(runs ? { email } : {}),
  }))
}
