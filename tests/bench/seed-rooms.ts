import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'

/** A session that is live, with everybody of its group in it. */
export type SeededRoom = {
  id: string
  epoch: string
  /** The block in which everybody writes. */
  blockId: string
  people: Person[]
}
/** The cookie is what their browser holds. */
type Person = { id: string; cookie: string }

/** Straight into the tables, as the application would have written it: each room is a group of its own. */
export async function seedRooms(databaseUrl: string, rooms: number, people: number): Promise<SeededRoom[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const seeded = Array.from({ length: rooms }, () => ({
    id: randomUUID(),
    epoch: randomUUID(),
    groupId: randomUUID(),
    blockId: randomUUID(),
    people: Array.from({ length: people }, () => ({
      id: randomUUID(),
      token: randomBytes(32).toString('base64url'),
    })),
  }))
  const ids = seeded.map(({ id }) => id)
  const groupIds = seeded.map(({ groupId }) => groupId)
  const blockIds = seeded.map(({ blockId }) => blockId)
  const epochs = seeded.map(({ epoch }) => epoch)
  const everybody = seeded.flatMap((room) => room.people.map((person) => ({ ...person, room })))
  const accountIds = everybody.map(({ id }) => id)
  try {
    await client.query(
      `insert into groups (id, slug, name, kind, visibility, admission, rhythm, zone, places)
       select id, 'circle-' || id, 'Circle', 'internal', 'private', 'invite-only', 'weekly', 'UTC', 1000
       from unnest($1::uuid[]) t (id)`,
      [groupIds],
    )
    await client.query(
      `insert into accounts (id, email, name, verified_at)
       select id, id || '@example.org', 'Member ' || n, now()
       from unnest($1::uuid[]) with ordinality t (id, n)`,
      [accountIds],
    )
    await client.query(
      `insert into memberships (group_id, account_id, role, status)
       select group_id, account_id, 'member', 'active' from unnest($1::uuid[], $2::uuid[]) t (group_id, account_id)`,
      [everybody.map(({ room }) => room.groupId), accountIds],
    )
    await client.query(
      `insert into sign_ins (id, account_id, expires_at, created_at)
       select id, account_id, now() + interval '14 days', now() from unnest($1::text[], $2::uuid[]) t (id, account_id)`,
      [everybody.map(({ token }) => createHash('sha256').update(token).digest('hex')), accountIds],
    )
    await client.query(
      `insert into sessions (id, group_id, title, starts_at, ends_at, status, opened_at, current_block_id)
       select id, group_id, 'Plenary', now(), now() + interval '2 hours', 'live', now(), block_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (id, group_id, block_id)`,
      [ids, groupIds, blockIds],
    )
    await client.query(
      `insert into blocks (id, group_id, session_id, position, kind, title, minutes, started_at)
       select block_id, group_id, id, 0, 'write', 'What we take from it', 60, now()
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (id, group_id, block_id)`,
      [ids, groupIds, blockIds],
    )
    await client.query(
      `insert into rooms (id, group_id, kind, epoch)
       select id, group_id, 'session', epoch from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (id, group_id, epoch)`,
      [ids, groupIds, epochs],
    )
    await client.query(
      `insert into attendances (group_id, session_id, account_id, noticed, arrived_at)
       select group_id, session_id, account_id, 'room', now()
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (group_id, session_id, account_id)`,
      [everybody.map(({ room }) => room.groupId), everybody.map(({ room }) => room.id), accountIds],
    )
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return seeded.map(({ id, epoch, blockId, people: all }) => ({
    id,
    epoch,
    blockId,
    people: all.map((person) => ({ id: person.id, cookie: `signin=${person.token}` })),
  }))
}
