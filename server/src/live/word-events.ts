import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, blocks, codeGuests, memberships, rooms, sessions } from '#db/schema.ts'
import type { LiveCommitment, LiveEvent } from '#shared/live.ts'
import { NO_DOOR, NO_LEAD } from '#shared/live/lead.ts'
import { NO_PLENARY } from '#shared/live/plenary.ts'
import { readPlenaries } from '../plenary/read-plenary.ts'
import type { NumberedStoredEvent } from '../rooms/rooms.ts'
import { readTopics } from '../topics/read-topics.ts'
import { asPerson, readDoor, readLead } from './read-lead.ts'
import { readCommitments, readRevealed, toMeeting, toPlanned } from './read-words.ts'
import type { StoredLiveEvent } from './stored-events.ts'

type Of<Type extends StoredLiveEvent['type']> = Extract<StoredLiveEvent, { type: Type }>

/** What a full room says most has no words at all, so it waits for none. */
const PLAIN: readonly StoredLiveEvent['type'][] = ['answer-written', 'answer-unwritten']

/**
 * Adds the words that everybody in the room may read by now, for a whole batch at once. An answer has words only when
 * its block is revealed; a commitment that was withdrawn has none any more.
 */
export async function wordLiveEvents(
  db: Reader,
  sessionId: string,
  numbered: NumberedStoredEvent[],
): Promise<object[]> {
  const events = numbered.map(({ event }) => event as StoredLiveEvent)
  if (events.every(({ type }) => PLAIN.includes(type))) return events
  const of = <Type extends StoredLiveEvent['type']>(...types: Type[]): Of<Type>[] =>
    events.filter((event): event is Of<Type> => (types as string[]).includes(event.type))

  const people = await readNames(
    db,
    sessionId,
    of('entered', 'role-changed').map(({ accountId }) => accountId),
  )
  const revealed = await readRevealed(
    db,
    sessionId,
    of('answers-revealed').map(({ blockId }) => blockId),
  )
  const promised =
    of('commitment-made', 'commitment-changed').length > 0
      ? await readCommitments(db, sessionId)
      : new Map<string, LiveCommitment>()
  const topics = of('topics-changed').length > 0 ? await readTopics(db, sessionId) : []
  const plenaries = await readPlenaries(
    db,
    of('plenary-changed').map(({ blockId }) => blockId),
  )
  const lead = of('lead-changed', 'room-opened').length > 0 ? await readLead(db, sessionId) : NO_LEAD
  const door = of('door-changed', 'room-opened').length > 0 ? await readDoor(db, sessionId) : NO_DOOR
  const plan = of('plan-changed').length > 0 ? await readPlanWords(db, sessionId) : undefined

  return events.map((event): LiveEvent | StoredLiveEvent => {
    switch (event.type) {
      case 'entered': {
        const known = people.get(event.accountId) ?? SOMEBODY
        const { accountId, at, spoken = 0, screen = true } = event
        return { type: 'entered', person: { accountId, ...known, arrivedAt: at, spoken, screen } }
      }
      case 'role-changed': {
        const { name: _name, ...standing } = people.get(event.accountId) ?? SOMEBODY
        return { ...event, ...standing }
      }
      case 'answers-revealed':
        return { ...event, answers: revealed.get(event.blockId) ?? [] }
      case 'hand-raised': {
        const { turnId, accountId, at, kind = 'speak' } = event
        return { type: 'hand-raised', hand: { turnId, accountId, kind, askedAt: at } }
      }
      case 'commitment-made':
      case 'commitment-changed':
        return {
          type: event.type,
          commitmentId: event.commitmentId,
          commitment: promised.get(event.commitmentId) ?? null,
        }
      case 'topics-changed':
        return {
          type: 'topics-changed',
          topics: topics.filter(({ id }) => event.topicIds.includes(id)),
          gone: event.topicIds.filter((id) => !topics.some((topic) => topic.id === id)),
        }
      case 'plenary-changed':
        return { ...event, plenary: plenaries.get(event.blockId) ?? NO_PLENARY }
      case 'room-opened':
        return { ...event, lead, door }
      case 'lead-changed':
        return { ...event, lead }
      case 'door-changed':
        return { ...event, door }
      case 'plan-changed':
        return plan ? { type: 'plan-changed', ...plan } : event
      // Everything else has no words.
      default:
        return event
    }
  })
}

const SOMEBODY = { name: 'Somebody', role: 'member' as const }

async function readNames(db: Reader, sessionId: string, accountIds: string[]) {
  if (accountIds.length === 0) return new Map<string, never>()
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      role: memberships.role,
      status: memberships.status,
      cameAt: codeGuests.cameAt,
    })
    .from(rooms)
    .innerJoin(accounts, inArray(accounts.id, accountIds))
    .leftJoin(
      memberships,
      and(eq(memberships.groupId, rooms.groupId), eq(memberships.accountId, accounts.id)),
    )
    .leftJoin(codeGuests, and(eq(codeGuests.sessionId, sessionId), eq(codeGuests.accountId, accounts.id)))
    .where(eq(rooms.id, sessionId))
  return new Map(
    rows.map(({ id, name, role, status, cameAt }) => [id, { name, ...asPerson(role, status, cameAt) }]),
  )
}

async function readPlanWords(db: Reader, sessionId: string) {
  const [session] = await db.select().from(sessions).where(eq(sessions.id, sessionId))
  if (!session) return undefined
  const plan = await db
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(blocks.position, blocks.id)
  return { session: toMeeting(session), blocks: plan.map(toPlanned) }
}
