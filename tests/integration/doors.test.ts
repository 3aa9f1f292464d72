import type { InjectOptions } from 'fastify'
import pg from 'pg'
import { afterEach, expect, it, vi } from 'vitest'
import { hashPassword } from '#server/sign-in/passwords.ts'
import { openHouse, type TestPerson } from '#tests/house.ts'

const draft = { email: 'ada@example.org', name: 'Ada', password: 'correct horse', zone: 'Europe/Berlin' }
const derived = vi.hoisted(() => ({ times: 0 }))
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  const argon2 = (...given: Parameters<typeof crypto.argon2>) => {
    derived.times += 1
    crypto.argon2(...given)
  }
  return { ...crypto, argon2 }
})
afterEach(() => void vi.useRealTimers())

const post = (person: TestPerson, url: string, payload: object = {}, more: InjectOptions = {}) =>
  person.request({ ...more, method: 'POST', url, payload })
const tokenIn = (link: string) => link.split('/').at(-1) ?? ''

it('gives the same answer for a known and an unknown address, and does the same work', async () => {
  const { stranger, person } = await openHouse()
  const olga = await person('Olga', { passwordHash: await hashPassword('olga knows it') })
  const mailed = await person('Mia')

  const sent = async (url: string, email: string) => {
    derived.times = 0
    const began = performance.now()
    const answer = await post(stranger(), url, { ...draft, email })
    return {
      said: [answer.statusCode, answer.body, answer.headers['set-cookie']],
      derived: derived.times,
      took: performance.now() - began,
    }
  }
  for (const [url, hashes] of [
    ['/api/sign-up', 1],
    ['/api/sign-in', 1],
    ['/api/sign-in/link', 0],
    ['/api/sign-in/reset', 0],
  ] as const) {
    const answers = [
      await sent(url, olga.email),
      await sent(url, mailed.email),
      await sent(url, `nobody${url.replaceAll('/', '-')}@example.org`),
    ]
    for (const answer of answers) {
      expect(answer.said, url).toEqual(answers[0]?.said)
      expect(answer.derived, url).toBe(hashes)
      // What is stored or not takes milliseconds; the answer waits longer than that in every case.
      if (hashes === 0) expect(answer.took, url).toBeGreaterThan(140)
    }
  }
})

it('stores no token that opens a door', async () => {
  const { stranger, person, linkTo, databaseUrl } = await openHouse()
  await person('Olga', { operator: true })
  const answer = await post(stranger(), '/api/sign-up', draft)
  expect(answer.statusCode).toBe(200)
  const mailToken = tokenIn(await linkTo(draft.email))
  const signedIn = await post(stranger(), '/api/sign-in', draft)
  const signInToken = signedIn.cookies[0]?.value ?? ''
  expect([mailToken.length, signInToken.length]).toEqual([43, 43])

  const dump = await everything(databaseUrl)
  expect(tablesWith(dump, signInToken)).toEqual([])
  // Only the outbox holds the mail itself, for the operator to read; with a mail server it forgets the words.
  expect(tablesWith(dump, mailToken)).toEqual(['mails'])
  expect(tablesWith(dump, draft.password)).toEqual([])
})

it('uses a mailed link once, by POST, within 15 minutes', async () => {
  const { stranger, person, linkTo, pass } = await openHouse()
  const ada = await person('Ada')
  const newLink = async () => {
    await stranger().api.mailSignInLink({ body: { email: ada.email } })
    return { params: { token: tokenIn(await linkTo(ada.email)) }, body: {} }
  }

  const link = await newLink()
  for (let looks = 0; looks < 3; looks += 1)
    expect(await stranger().api.readMailLink(link)).toEqual({ purpose: 'sign-in', email: ada.email })
  const raced = await Promise.allSettled([1, 2, 3].map(() => stranger().api.useMailLink(link)))
  expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(stranger().api.useMailLink(link)).rejects.toMatchObject({ code: 'link-used-up' })

  pass({ minutes: 1 })
  const late = await newLink()
  pass({ minutes: 14 })
  expect(await stranger().api.readMailLink(late)).toMatchObject({ purpose: 'sign-in' })
  pass({ minutes: 1 })
  await expect(stranger().api.readMailLink(late)).rejects.toMatchObject({ code: 'link-used-up' })
  await expect(stranger().api.useMailLink(late)).rejects.toMatchObject({ code: 'link-used-up' })
})

it('takes the password away from whoever made an account with somebody else’s address', async () => {
  const { stranger, person, linkTo } = await openHouse()
  await person('Olga', { operator: true })
  await stranger().api.signUp({ body: draft })
  const squatter = await post(stranger(), '/api/sign-in', draft)
  const cookie = `signin=${squatter.cookies[0]?.value ?? ''}`

  await stranger().api.mailSignInLink({ body: { email: draft.email } })
  await stranger().api.useMailLink({ params: { token: tokenIn(await linkTo(draft.email)) }, body: {} })

  await expect(stranger().api.signIn({ body: draft })).rejects.toMatchObject({ code: 'wrong-password' })
  const visit = await stranger().request({ url: '/api/visit', headers: { cookie } })
  expect(visit.json()).toMatchObject({ account: null })
})

it('gives a cookie that scripts and other sites can’t read, bound to this host where it is https', async () => {
  const plain = await openHouse()
  const [cookie] = (await post(plain.stranger(), '/api/sign-up', draft)).cookies
  expect(cookie).toMatchObject({ name: 'signin', httpOnly: true, sameSite: 'Lax', path: '/' })

  const origin = 'https://circle.example'
  const secure = await openHouse({ settings: { origin } })
  const answer = await post(secure.stranger(), '/api/sign-up', draft, { headers: { origin } })
  expect(answer.cookies[0]).toMatchObject({
    name: '__Host-signin',
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    path: '/',
  })
  expect(answer.cookies[0]).not.toHaveProperty('domain')
  expect(answer.headers['strict-transport-security']).toContain('max-age')
})

it('gives a new cookie at each sign-in and ends the one before it', async () => {
  const { stranger, person } = await openHouse()
  const ada = await person('Ada', { passwordHash: await hashPassword(draft.password) })

  const answer = await post(ada, '/api/sign-in', { ...draft, email: ada.email })

  expect(answer.cookies[0]?.value).not.toBe(ada.cookie.replace('signin=', ''))
  const before = await stranger().request({ url: '/api/visit', headers: { cookie: ada.cookie } })
  expect(before.json()).toMatchObject({ account: null })
})

it('takes writes only from its own pages, in a sentence', async () => {
  const { stranger, app } = await openHouse()
  const from = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/sign-in', payload: draft, headers })

  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'https://elsewhere.example' },
    { origin: 'http://localhost:3000.elsewhere.example' },
    { origin: 'http://localhost:30000' },
    { origin: 'https://localhost:3000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ] as Record<string, string>[]) {
    const answer = await from(headers)
    expect(answer.statusCode, JSON.stringify(headers)).toBe(403)
    expect(answer.json()).toMatchObject({
      code: 'wrong-origin',
      message: 'This request did not come from a page of this site. Reload and try again.',
    })
  }
  expect((await from({ 'sec-fetch-site': 'same-origin' })).json()).toMatchObject({ code: 'wrong-password' })
  expect((await post(stranger(), '/api/sign-in', draft)).json()).toMatchObject({ code: 'wrong-password' })
})

it('answers whoever tries too often with a sentence, per network', async () => {
  const { stranger, person } = await openHouse({ settings: { limits: true } })
  await person('Olga')
  const guess = (remoteAddress: string, number: number) =>
    post(stranger(), '/api/sign-in', { ...draft, email: `a${number}@example.org` }, { remoteAddress })

  for (let number = 0; number < 20; number += 1)
    expect((await guess(`2001:db8::${number}`, number)).statusCode).toBe(401)
  const refused = await guess('2001:db8::ffff:1:2:3', 21)
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toEqual({
    code: 'too-many',
    message: 'That was a lot in a short time. Please wait a minute and try again.',
  })
  expect((await guess('2001:db8:0:1::1', 22)).statusCode).toBe(401)
})

it('limits guesses and mailed links per address, known or not, wherever they come from', async () => {
  const { stranger, person, pass, mail } = await openHouse({ settings: { limits: true } })
  const ada = await person('Ada', { passwordHash: await hashPassword(draft.password) })
  let network = 0
  const from = () => ({ remoteAddress: `192.0.2.${(network += 1)}` })
  const signIn = (email: string, password: string) =>
    post(stranger(), '/api/sign-in', { email, password }, from())

  for (const email of [ada.email, 'nobody@example.org']) {
    for (let guesses = 0; guesses < 10; guesses += 1)
      expect((await signIn(email, 'wrong')).statusCode).toBe(401)
    const refused = await signIn(email, 'wrong')
    expect(refused.statusCode).toBe(429)
    expect(refused.json<{ message: string }>().message).toContain('sign-in link')
  }
  expect((await signIn(ada.email, draft.password)).statusCode).toBe(429)
  pass({ minutes: 15 })
  expect((await signIn(ada.email, draft.password)).statusCode).toBe(200)

  for (let links = 0; links < 5; links += 1)
    await post(stranger(), '/api/sign-in/link', { email: ada.email }, from())
  const fullMailbox = await post(stranger(), '/api/sign-in/reset', { email: ada.email }, from())
  expect(fullMailbox.statusCode).toBe(429)
  expect(await mail()).toHaveLength(5)
})

it('ends a sign-in after 14 idle days, and any after 90', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T09:00:00Z') })
  const { person, pass } = await openHouse()
  // The engine reads the clock of the machine, everything else that of the house: both are turned.
  const wait = (days: number) => {
    pass({ days })
    vi.setSystemTime(Date.now() + days * 24 * 60 * 60 * 1000)
  }
  const idle = await person('Ida')
  const busy = await person('Ben')
  const isIn = async ({ api }: TestPerson) => (await api.visit()).account !== null

  wait(13)
  expect(await isIn(busy)).toBe(true)
  wait(2)
  expect(await isIn(idle)).toBe(false)
  expect(await isIn(busy)).toBe(true)
  for (let day = 15; day < 85; day += 10) {
    wait(10)
    expect(await isIn(busy), `after ${day + 10} days`).toBe(true)
  }
  wait(6)
  expect(await isIn(busy)).toBe(false)
})

it('lets nothing that the API answers be kept by a cache', async () => {
  const { stranger } = await openHouse()
  const answer = await stranger().request({ url: '/api/visit' })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

/** Every row of every table as text. */
async function everything(databaseUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const dump = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
    dump.set(name, rows.map(({ row }) => row).join('\n'))
  }
  await client.end()
  return dump
}

const tablesWith = (dump: Map<string, string>, text: string) =>
  [...dump].flatMap(([name, rows]) => (rows.includes(text) ? [name.replace('public.', '')] : []))
