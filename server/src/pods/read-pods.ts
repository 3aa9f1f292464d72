import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { attendances, podPaces, pods, podSeats, sessions } from '#db/schema.ts'
import type { Phones } from '#shared/live/companions.ts'
import { byPlace } from '#shared/live/pods.ts'
import type { Pace, Pod } from '#shared/pods.ts'

type OfSession = Pick<typeof sessions.$inferSelect, 'id' | 'groupId' | 'facilitatorId'>

/** Who is with whom, by block, as it is shown: one that nobody is in is not. */
export async function readPods(reader: Reader, blockIds: string[]): Promise<Map<string, Pod[]>> {
  const found = new Map<string, Pod[]>()
  if (blockIds.length === 0) return found
  const rows = await reader
    .select({
      blockId: pods.blockId,
      id: pods.id,
      round: pods.round,
      number: pods.number,
      accountId: podSeats.accountId,
    })
    .from(pods)
    .innerJoin(podSeats, eq(podSeats.podId, pods.id))
    .where(inArray(pods.blockId, blockIds))
    .orderBy(asc(pods.round), asc(pods.number), asc(pods.id), asc(podSeats.place))
  for (const { blockId, accountId, ...row } of rows) {
    const known = found.get(blockId) ?? []
    found.set(blockId, known)
    const pod = known.find(({ id }) => id === row.id)
    if (pod) pod.people.push(accountId)
    else known.push({ ...row, people: [accountId] })
  }
  for (const one of found.values()) one.sort(byPlace)
  return found
}

export async function readPaces(reader: Reader, blockIds: string[]): Promise<Map<string, Pace>> {
  if (blockIds.length === 0) return new Map()
  const rows = await reader.select().from(podPaces).where(inArray(podPaces.blockId, blockIds))
  return new Map(rows.map(({ blockId, share, left, tail }) => [blockId, { share, left, tail }]))
}

/** Who was together before: at earlier sessions of the group, and in the other blocks of this one. */
export async function readEarlierPods(reader: Reader, groupId: string, blockId: string): Promise<string[][]> {
  const rows = await reader
    .select({ podId: podSeats.podId, accountId: podSeats.accountId })
    .from(podSeats)
    .innerJoin(pods, eq(pods.id, podSeats.podId))
    .where(and(eq(pods.groupId, groupId), ne(pods.blockId, blockId)))
  const together = new Map<string, string[]>()
  for (const { podId, accountId } of rows) together.set(podId, [...(together.get(podId) ?? []), accountId])
  return [...together.values()]
}

/**
 * Who is to be put together: everybody who is there, with or without a screen, but whoever leads the session only when
 * they take part already.
 */
export async function readThere(
  reader: Reader,
  { id, facilitatorId }: OfSession,
  withLeader: boolean,
): Promise<string[]> {
  const rows = await reader
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .where(eq(attendances.sessionId, id))
    .orderBy(asc(attendances.arrivedAt), asc(attendances.accountId))
  return rows
    .map(({ accountId }) => accountId)
    .filter((accountId) => withLeader || accountId !== facilitatorId)
}

/** Whose phone somebody came with, by who came with it. */
export async function readPhones(reader: Reader, sessionId: string): Promise<Phones> {
  const phone = alias(attendances, 'phone')
  const rows = await reader
    .select({ accountId: attendances.accountId, cameWith: phone.accountId })
    .from(attendances)
    .innerJoin(
      phone,
      and(
        eq(phone.sessionId, attendances.sessionId),
        eq(phone.accountId, attendances.cameWith),
        eq(phone.noticed, 'room'),
      ),
    )
    .where(eq(attendances.sessionId, sessionId))
  return new Map(rows.map(({ accountId, cameWith }) => [accountId, cameWith]))
}
