import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { accounts, blocks, memberships, sessions } from '#db/schema.ts'
import { makeRoom } from '#server/rooms/rooms.ts'
import { api } from '#shared/api.ts'
import type { Call } from '#shared/contract.ts'
import { openCircle } from './circle.ts'
import type { Heard, TestPerson } from './house.ts'

export const WORDS = {
  first: 'We are afraid to say no.',
  changed: 'We are afraid to say no to her.',
  second: 'Too many meetings, and longer than that.',
  third: 'Nobody reads what we write.',
} as const

/** The same people each evening, so that only what they do tells them apart. */
const NAMES = ['Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Opal'] as const
type Name = (typeof NAMES)[number]
const idOf = (name: Name) => `00000000-0000-4000-8000-00000000000${String(NAMES.indexOf(name))}`

type Got = { who: string; what: string; body: string }
type Copy = Record<string, unknown[]>

export type Evening = {
  /** Everything that everybody but the two writers received, in order. */
  received: Got[]
  /** What Gus and Hal were told about their own words. */
  mine: Got[]
  log: string[]
  /** The tables in the order of their rows on disk, before the reveal and at the end. */
  copies: { before: Copy; after: Copy }
  sealedLengths: number[]
}

/**
 * One evening with a block without names. Gus writes first, changes it and takes back that he is done, and Hal writes in
 * between, from another device; or the other way round.
 */
export async function liveEvening({ swapped }: { swapped: boolean }): Promise<Evening> {
  const log: string[] = []
  const circle = await openCircle({}, { logLevel: 'trace' }, { write: (line) => void log.push(line) })
  const { house, groupId, slug, pass } = circle
  await house.db.delete(accounts)
  const people = {} as Record<Name, TestPerson>
  for (const name of NAMES) {
    const email = `${name.toLowerCase()}@example.org`
    people[name] = await circle.person(name, { id: idOf(name), email, operator: name === 'Opal' })
    const role = name === 'Fay' ? 'facilitator' : 'member'
    if (name !== 'Opal')
      await house.db.insert(memberships).values({ groupId, accountId: idOf(name), role, status: 'active' })
  }
  const { Fay, Gus, Hal, Ida, Jon, Kim, Opal } = people
  const [sessionId, blockId, nextId] = [randomUUID(), randomUUID(), randomUUID()]
  const params = { sessionId }
  const startsAt = house.now()
  await house.db.transaction(async (tx) => {
    await tx.insert(sessions).values({
      ...{ id: sessionId, groupId, title: 'What we do not say', startsAt, facilitatorId: Fay.id },
      endsAt: new Date(startsAt.getTime() + 90 * 60_000),
    })
    await makeRoom(tx, sessionId, groupId, 'session')
    const block = { groupId, sessionId, minutes: 10 }
    await tx.insert(blocks).values([
      {
        ...block,
        ...{ id: blockId, position: 0, kind: 'write', title: 'Say it' },
        options: { anonymous: true, groupTogether: true },
      },
      { ...block, id: nextId, position: 1, kind: 'discuss', title: 'Talk' },
    ])
  })

  const mask = maskWith({
    [groupId]: 'group',
    [slug]: 'slug',
    [sessionId]: 'session',
    [blockId]: 'block',
    [nextId]: 'next',
    ...Object.fromEntries(NAMES.map((name) => [idOf(name), name])),
  })
  const received: Got[] = []
  const mine: Got[] = []
  const ask = async (who: TestPerson, name: string, { path }: Call, into = received) => {
    const known: Record<string, string> = { sessionId, slug, blockId }
    const url = path.replaceAll(/:(\w+)/g, (_, param: string) => known[param] ?? '')
    const { statusCode, headers, body } = await who.request({ method: 'GET', url })
    const { date: _, ...rest } = headers
    into.push({
      who: who.name,
      what: name,
      body: mask(`${String(statusCode)} ${JSON.stringify(rest)} ${body}`),
    })
  }
  /** Every question of the API that needs no more than the session or the group. */
  const askEverything = async (who: TestPerson) => {
    for (const [name, call] of Object.entries<Call>(api)) {
      const given = [...call.path.matchAll(/:(\w+)/g)].map(([, param]) => param ?? '')
      if (
        call.method === 'GET' &&
        !call.path.startsWith('/api/guide') &&
        given.every((param) => ['sessionId', 'slug', 'blockId'].includes(param))
      )
        await ask(who, name, call)
    }
  }

  await Fay.api.openRoom({ params })
  const sockets: [TestPerson, Heard][] = []
  for (const who of [Fay, Gus, Hal, Ida, Jon]) {
    await who.api.enterRoom({ params })
    const { position } = await who.api.getRoom({ params })
    const heard = await who.follow(sessionId, position)
    sockets.push([who, heard])
  }
  // Who is connected is told beside the log, when there is time; from here on that stays the same.
  await new Promise((settled) => setTimeout(settled, 1_000))
  await Fay.api.nextBlock({ params, body: { id: randomUUID(), from: null } })

  const [one, two] = swapped ? [Hal, Gus] : [Gus, Hal]
  const device = (by: TestPerson, from: 'phone' | 'laptop') => {
    const id = randomUUID()
    return async (body: string, revision: number, done: boolean) => {
      pass({ minutes: 1 })
      const answer = await by.request({
        method: 'PUT',
        url: `/api/sessions/${sessionId}/answers`,
        headers: { 'user-agent': from, 'content-type': 'application/json' },
        remoteAddress: from === 'phone' ? '198.51.100.7' : '203.0.113.9',
        payload: JSON.stringify({ id, blockId, body, revision, done }),
      })
      mine.push({ who: by.name, what: 'writeAnswer', body: `${String(answer.statusCode)} ${body}` })
      for (const who of [Fay, Ida]) await ask(who, 'getRoom', api.getRoom)
    }
  }
  const [first, second, third] = [device(one, 'phone'), device(two, 'laptop'), device(Ida, 'laptop')]
  await first(WORDS.first, 1, false)
  await first(WORDS.first, 2, true)
  await second(WORDS.second, 1, true)
  await first(WORDS.first, 3, false)
  await third(WORDS.third, 1, true)
  await first(WORDS.changed, 4, true)
  // A late retry, and the same person on another device.
  await first(WORDS.first, 2, true)
  await device(two, 'phone')(WORDS.second, 2, true)
  await Kim.api.enterRoom({ params })
  for (const who of [Fay, Kim, Opal]) await askEverything(who)
  const before = await copyTables(circle.house.db, mask)
  const { rows } = await house.db.execute<{ length: number }>(
    sql`select length(sealed) as length from sealed_answers`,
  )

  pass({ minutes: 1 })
  await Fay.api.revealAnswers({ params: { ...params, blockId } })
  const { view } = await Jon.api.getRoom({ params })
  const ids = view.blocks[0]?.answers.map(({ id }) => id) ?? []
  await Jon.api.gatherAnswers({
    params: { ...params, topicId: randomUUID() },
    body: { blockId, title: 'Fear', answers: ids.slice(0, 2).map((id) => ({ id, from: null })) },
  })
  await Fay.api.nextBlock({ params, body: { id: randomUUID(), from: blockId } })
  await Fay.api.closeSession({ params })
  for (const who of [Fay, Ida, Opal]) await askEverything(who)
  for (const who of [Jon, Kim]) await ask(who, 'getWrapUp', api.getWrapUp)
  for (const who of [Gus, Hal]) await ask(who, 'getWrapUp', api.getWrapUp)
  const last = (await Jon.api.getRoom({ params })).position.number
  for (const [who, heard] of sockets) {
    await heard.until('session-closed')
    const begun = heard.frames.findIndex(
      (frame) => frame.type === 'news' && (frame.event as { type: string }).type === 'block-started',
    )
    received.push({ who: who.name, what: 'socket', body: mask(JSON.stringify(heard.frames.slice(begun))) })
    heard.close()
  }
  received.push({ who: 'everybody', what: 'the number of events', body: String(last) })
  received.push({ who: 'everybody', what: 'mail', body: mask(JSON.stringify(await circle.mail())) })
  const after = await copyTables(circle.house.db, mask)
  return {
    ...{ received, mine, copies: { before, after } },
    log: log.map((line) => mask(line).replaceAll(/"(?:time|pid)":\d+|127\.0\.0\.1:\d+/g, '')),
    sealedLengths: rows.map(({ length }) => length),
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MOMENT = /20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00(?::00)?)?/g
/** Keys, seals and tokens: chance, and different each evening. */
const CHANCE = /(?<![\w-])(?=[\w-]*\d)[\w-]{16,}(?![\w-])/g
/** The same in the words of a page. */
const MOMENT_IN_WORDS = /\d+ [A-Z][a-z]+ 20\d\d at \d\d:\d\d/g
const A_WHILE = 30 * 60_000
const SIGN_INS_LAST = 14 * 24 * 60 * 60_000

/** What is chance anew each evening gets one name; whoever and whatever the story knows keeps its own. */
function maskWith(names: Record<string, string>): (text: string) => string {
  const began = Date.now()
  const isNow = (at: string) =>
    [0, SIGN_INS_LAST].some((ahead) => Math.abs(Date.parse(at) - ahead - began) < A_WHILE)
  return (text) => {
    const others = new Map<string, string>()
    const nameOf = (id: string) => names[id] ?? others.get(id) ?? others.set(id, `id ${others.size}`).get(id)
    let masked = text
    for (const [id, name] of Object.entries(names)) masked = masked.replaceAll(id, `<${name}>`)
    return (
      masked
        .replaceAll(UUID, (id) => `<${nameOf(id) ?? ''}>`)
        // The story's clock tells the same each evening; this machine's does not.
        .replaceAll(MOMENT, (at) => (isNow(at) ? '<now>' : at))
        .replaceAll(MOMENT_IN_WORDS, (at) => (isNow(`${at.replace(' at ', ' ')} UTC`) ? '<now>' : at))
        .replaceAll(CHANCE, '<chance>')
        // The code at the door.
        .replaceAll(/("(?:joinCode|join_code|code)":")[^"]+/g, '$1<chance>')
        // A look notes that the leader is there, by the seconds of the real clock while the story's is turned.
        .replaceAll(/("(?:seen_at|looked_at)":")[^"]+/g, '$1<look>')
    )
  }
}

/** Where a transaction that wrote words could stand beside one that names somebody. */
const TOLD = [
  'accounts',
  'memberships',
  'attendances',
  'blocks',
  'answers',
  'sealed_answers',
  'topics',
  'room_events',
]

/** Every table, its rows in the order in which they lie, and which of them were written in one transaction. */
async function copyTables(
  db: { execute: (query: ReturnType<typeof sql>) => Promise<{ rows: unknown[] }> },
  mask: (text: string) => string,
): Promise<Copy> {
  const { rows } = await db.execute(
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const copy: Copy = {}
  const moments = new Set<number>()
  const found: [string, { xmin: string; row: unknown }[]][] = []
  for (const { name } of rows as { name: string }[]) {
    const lying = await db.execute(
      sql`select xmin::text, to_jsonb(t) as row from ${sql.identifier(name)} t order by ctid`,
    )
    const its = lying.rows as { xmin: string; row: unknown }[]
    if (TOLD.includes(name)) for (const { xmin } of its) moments.add(Number(xmin))
    found.push([name, its])
  }
  const order = [...moments].sort((a, b) => a - b)
  for (const [name, its] of found)
    copy[name] = its.map(({ xmin, row }) => [
      TOLD.includes(name) ? order.indexOf(Number(xmin)) : 0,
      mask(JSON.stringify(row)),
    ])
  return copy
}
