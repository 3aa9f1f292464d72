import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/node-postgres'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accounts, groups, memberships, rooms, rsvps, sessions, signIns } from '#db/schema.ts'
import { hashToken, newToken } from '#server/links.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

/** How many histories each story tries; more in a nightly run. */
const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 2)
const STEPS = 400
const PEOPLE = 60
const PLACES = 30
const HOUR = 3_600_000
const SLOW = 60_000 + RUNS * 60_000

let instances: Instance[] = []
let pool: pg.Pool
let db: ReturnType<typeof connect>
let people: { id: string; cookie: string }[] = []

const connect = () => drizzle({ client: pool, casing: 'snake_case' })

beforeAll(async () => {
  const first = await openInstance({ pages: false })
  instances = [first, await openInstance({ beside: first, pages: false })]
  pool = new pg.Pool({ connectionString: first.databaseUrl, max: 2 })
  db = connect()
  people = await signPeopleIn()
  await keepLedgers()
}, 60_000)

afterAll(async () => {
  await pool.end()
  for (const instance of instances.toReversed()) await instance.stop()
})

async function signPeopleIn() {
  const made = Array.from({ length: PEOPLE }, (_, index) => ({
    id: randomUUID(),
    name: `Person ${index}`,
    email: `person-${index}@example.org`,
    verifiedAt: new Date(),
  }))
  await db.insert(accounts).values(made)
  const tokens = made.map(({ id }) => ({ id, token: newToken() }))
  await db.insert(signIns).values(
    tokens.map(({ id, token }) => ({
      id: hashToken(token),
      userId: id,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 14 * 24 * HOUR),
    })),
  )
  return tokens.map(({ id, token }) => ({ id, cookie: `signin=${token}` }))
}

/** PostgreSQL writes down each change as it happens, in the order in which the locks let it. */
async function keepLedgers(): Promise<void> {
  await db.execute(sql`
    create table ledger (
      number bigserial primary key, change bigint not null, place uuid not null, account uuid,
      before text, after text, turn bigint, capacity int)`)
  await db.execute(sql`
    create function note_membership() returns trigger language plpgsql as $$ begin
      insert into ledger (change, place, account, before, after, turn)
        values (txid_current(), new.group_id, new.account_id, old.status, new.status, new.turn);
      return null; end $$`)
  await db.execute(sql`
    create function note_rsvp() returns trigger language plpgsql as $$ begin
      insert into ledger (change, place, account, before, after, turn)
        values (txid_current(), coalesce(new.session_id, old.session_id), coalesce(new.account_id, old.account_id),
          old.answer, new.answer, coalesce(new.turn, old.turn));
      return null; end $$`)
  await db.execute(sql`
    create function note_capacity() returns trigger language plpgsql as $$ begin
      if old.capacity is distinct from new.capacity then
        insert into ledger (change, place, capacity) values (txid_current(), new.id, new.capacity);
      end if;
      return null; end $$`)
  await db.execute(sql`
    create trigger noted after insert or update or delete on memberships
      for each row execute function note_membership()`)
  await db.execute(sql`
    create trigger noted after insert or update or delete on rsvps for each row execute function note_rsvp()`)
  await db.execute(sql`
    create trigger noted after update on sessions for each row execute function note_capacity()`)
}

type Line = {
  change: string
  account: string | null
  before: string | null
  after: string | null
  turn: number | null
  capacity: number | null
}

/** What happened to the places of a group or of a session, one transaction after another. */
async function readLedger(place: string): Promise<Line[][]> {
  const { rows } = await pool.query<Line & { turn: string | null }>(
    'select change, account, before, after, turn, capacity from ledger where place = $1 order by number',
    [place],
  )
  const lines = rows.map((row) => ({ ...row, turn: row.turn === null ? null : Number(row.turn) }))
  return [...Map.groupBy(lines, ({ change }) => change).values()]
}

async function ask(
  { who, by }: { who: number; by: number },
  method: string,
  path: string,
  body: object = {},
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const instance = instances[by]
  const response = await fetch(`${instance?.origin}${path}`, {
    method,
    headers: {
      origin: instance?.origin ?? '',
      cookie: people[who]?.cookie ?? '',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}

async function openGroup(status: 'active' | undefined): Promise<{ id: string; slug: string }> {
  const id = randomUUID()
  const slug = `race-${id.slice(0, 8)}`
  const facts = { name: 'Race', kind: 'meetup', visibility: 'public', rhythm: 'weekly', zone: 'UTC' } as const
  await db.insert(groups).values({ id, slug, ...facts, admission: 'open', places: PLACES })
  const [organizer, ...others] = people
  await db
    .insert(memberships)
    .values([
      { groupId: id, accountId: organizer?.id ?? '', role: 'organizer', status: 'active' },
      ...(status
        ? others.map((one) => ({ groupId: id, accountId: one.id, role: 'member' as const, status }))
        : []),
    ])
  return { id, slug }
}

const step = fc.record({
  who: fc.integer({ min: 1, max: PEOPLE - 1 }),
  by: fc.integer({ min: 0, max: 1 }),
  dice: fc.integer({ min: 0, max: 99 }),
})
// Every step is as likely as any other; fast-check prefers the ends of a range otherwise.
const history = fc.noBias(fc.array(step, { minLength: STEPS, maxLength: STEPS }))
// A history of 400 steps says enough as it is; making it smaller would take an hour.
const settings = { numRuns: RUNS, endOnFailure: true }

it(
  `P18: ${STEPS} joins and leaves at once over two processes: never more than ${PLACES}, in order, nobody lost`,
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const group = await openGroup(undefined)
        const answers = await Promise.all(
          steps.map(async (one) => {
            const verb = one.dice < 62 ? 'join' : 'leave'
            return { verb, ...(await ask(one, 'POST', `/api/groups/${group.slug}/${verb}`)) }
          }),
        )
        // Leaving what one is not in is "not found"; nothing else was refused, and nothing failed.
        for (const { verb, status } of answers) expect([200, verb === 'leave' ? 404 : 200]).toContain(status)

        const standing = replay(await readLedger(group.id))
        const now = await db.select().from(memberships).where(eq(memberships.groupId, group.id))
        expect(new Map(now.map(({ accountId, status }) => [accountId, status]))).toEqual(
          new Map([...standing].map(([account, { status }]) => [account, status])),
        )
        const inside = now.filter(({ status }) => status !== 'left')
        expect(inside.filter(({ status }) => status === 'active')).toHaveLength(
          Math.min(PLACES, inside.length),
        )
        // Whoever only ever joined is in.
        const left = new Set(steps.filter(({ dice }) => dice >= 62).map(({ who }) => who))
        for (const { who } of steps)
          if (!left.has(who)) expect(inside.some(({ accountId }) => accountId === people[who]?.id)).toBe(true)
      }),
      settings,
    )
  },
  SLOW,
)

/** Follows the ledger and checks every single transaction of it. */
function replay(changes: Line[][]): Map<string, { status: string; turn: number }> {
  const standing = new Map<string, { status: string; turn: number }>()
  const of = (status: string) => [...standing].filter(([, one]) => one.status === status)
  for (const lines of changes) {
    for (const { account, before, after, turn } of lines) {
      if (!account || !after || turn === null) throw new Error('a membership is never deleted here')
      expect(standing.get(account)?.status ?? null, 'nothing happens between two lines').toBe(before)
      const waiting = of('waitlisted').map(([, one]) => one.turn)
      if (after === 'active' && before === 'waitlisted') expect(turn).toBe(Math.min(...waiting))
      else if (after === 'active') expect(waiting, 'nobody jumps the line').toEqual([])
      standing.set(account, { status: after, turn })
      expect(of('active').length).toBeLessThanOrEqual(PLACES)
    }
    if (of('waitlisted').length > 0) expect(of('active')).toHaveLength(PLACES)
  }
  return standing
}

it(
  `P18: ${STEPS} answers, offers and lapses at once over two processes: never over the capacity, in order, nobody lost`,
  async () => {
    const CAPACITY = 12
    const turns = new Set<string>()
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const group = await openGroup('active')
        const sessionId = randomUUID()
        const startsAt = new Date(Date.now() + 13 * 24 * HOUR)
        await db.insert(sessions).values({
          id: sessionId,
          groupId: group.id,
          title: 'Race',
          startsAt,
          endsAt: new Date(startsAt.getTime() + HOUR),
          capacity: CAPACITY,
        })
        await db.insert(rooms).values({ id: sessionId, groupId: group.id, kind: 'session' })
        const path = `/api/sessions/${sessionId}`

        // Waves of a hundred, and between them time goes by for both processes.
        for (const [wave, some] of [0, 1, 2, 3].map(
          (n) => [n, steps.slice(n * 100, n * 100 + 100)] as const,
        )) {
          for (const instance of instances) await instance.tell({ clockRuns: wave * 25 * HOUR })
          await Promise.all(
            some.map(async (one) => {
              if (one.dice < 4) return instances[one.by]?.tell({ job: 'pass-places-on' })
              if (one.dice < 8) {
                const changed = await ask({ ...one, who: 0 }, 'PATCH', path, { capacity: 8 + (one.who % 10) })
                return expect([200, 422]).toContain(changed.status)
              }
              if (one.dice < 11) {
                const left = await ask(one, 'POST', `/api/groups/${group.slug}/leave`)
                return expect([200, 404]).toContain(left.status)
              }
              const answer = one.dice < 66 ? 'coming' : 'not-coming'
              const said = await ask(one, 'PUT', `${path}/rsvp`, { answer })
              // Whoever left the group is a stranger.
              expect([200, 404]).toContain(said.status)
            }),
          )
        }
        await instances[0]?.tell({ job: 'pass-places-on' })

        const ledger = await readLedger(sessionId)
        const { standing, capacity } = replaySession(ledger, CAPACITY)
        for (const { before, after } of ledger.flat()) turns.add(`${before} > ${after}`)
        const now = await db.select().from(rsvps).where(eq(rsvps.sessionId, sessionId))
        expect(new Map(now.map(({ accountId, answer }) => [accountId, answer]))).toEqual(
          new Map([...standing].map(([account, { answer }]) => [account, answer])),
        )
        const has = (...answers: string[]) => now.filter(({ answer }) => answers.includes(answer)).length
        if (has('waiting') > 0) expect(has('coming', 'offered')).toBe(capacity)
        else expect(has('coming', 'offered')).toBeLessThanOrEqual(capacity)
        for (const instance of instances) await instance.tell({ clockRuns: 0 })
      }),
      settings,
    )
    // The histories were some: places were taken, waited for, offered, taken up, and let go by.
    for (const turn of [
      'null > coming',
      'null > waiting',
      'waiting > offered',
      'offered > coming',
      'offered > null',
    ])
      expect(turns).toContain(turn)
  },
  SLOW,
)

/** The same for the places of a session: an offer keeps a place, and goes to whoever waits longest. */
function replaySession(changes: Line[][], first: number) {
  const standing = new Map<string, { answer: string; turn: number }>()
  let capacity = first
  const of = (...answers: string[]) => [...standing.values()].filter(({ answer }) => answers.includes(answer))
  const longest = (...answers: string[]) => Math.min(...of(...answers).map(({ turn }) => turn))
  for (const lines of changes) {
    // One statement offers places to several; they are in order when none of the others waits longer.
    const line = of('waiting').map(({ turn }) => turn)
    const given: number[] = []
    for (const one of lines) {
      if (one.capacity !== null) {
        capacity = one.capacity
        continue
      }
      const { account, before, after, turn } = one
      if (!account || turn === null) throw new Error('a line without a person')
      expect(standing.get(account)?.answer ?? null, 'nothing happens between two lines').toBe(before)
      if (before === 'waiting' && (after === 'offered' || after === 'coming')) given.push(turn)
      else if (after === 'coming' && before !== 'offered')
        expect(of('waiting'), 'nobody jumps the line').toEqual([])
      if (after === 'offered') expect(before).toBe('waiting')
      if (after === null) standing.delete(account)
      else standing.set(account, { answer: after, turn })
    }
    const still = line.filter(
      (turn) => !given.includes(turn) && of('waiting').some((one) => one.turn === turn),
    )
    if (given.length > 0) expect(Math.max(...given), 'in order').toBeLessThan(Math.min(Infinity, ...still))
    expect(of('coming', 'offered').length).toBeLessThanOrEqual(capacity)
    expect(longest('waiting')).toBeGreaterThan(0)
  }
  return { standing, capacity }
}
