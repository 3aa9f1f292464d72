import { eq } from 'drizzle-orm'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  accounts,
  colleagues,
  mailLinks,
  organizationDomains,
  organizations,
  signIns,
  ssoIdentities,
} from '#db/schema.ts'
import { CHECKOUT } from '#server/config.ts'
import { hashPassword } from '#server/sign-in/passwords.ts'
import { CALLBACK_PATH } from '#shared/sso.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'
import { openBrowser, openProvider, type ProviderOrder, type TestProvider } from '#tests/oidc.ts'

const DOMAIN = 'harbour.example'
const ada = { sub: 'ada-1', email: `ada@${DOMAIN}`, email_verified: true, name: 'Ada Lind' }

type Company = TestHouse & {
  provider: TestProvider
  olga: TestPerson
  slug: string
  organizationId: string
  domainId: string
  /** Everything that signing in could have changed. */
  state: () => Promise<unknown>
}

/** Harbour, whose admin is Olga, with a proven domain and a provider of its own. */
async function openCompany(order: ProviderOrder = { person: ada }, connected = true): Promise<Company> {
  const story = await openHouse({ settings: { allowNetworks: ['127.0.0.0/8'], providerWait: 1500 } })
  const { db } = story.house
  const provider = await openProvider(story.house.config.origin + CALLBACK_PATH)
  await provider.obey(order)
  const olga = await story.person('Olga', { email: `olga@${DOMAIN}` })
  const [organization] = await db
    .insert(organizations)
    .values({ slug: 'harbour', name: 'Harbour' })
    .returning()
  const organizationId = organization?.id ?? ''
  const [domain] = await db
    .insert(organizationDomains)
    .values({
      organizationId,
      domain: DOMAIN,
      method: 'dns',
      verifiedAt: story.house.now(),
      askedAt: story.house.now(),
    })
    .returning()
  await db
    .insert(colleagues)
    .values({ organizationId, accountId: olga.id, role: 'admin', joinedAt: story.house.now() })
  if (connected)
    await olga.api.changeSso({
      params: { slug: 'harbour' },
      body: { issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret },
    })
  const state = async () => [
    await db.select().from(accounts).orderBy(accounts.id),
    await db.select().from(ssoIdentities),
    await db.select().from(colleagues).orderBy(colleagues.accountId),
    await db.select({ id: signIns.id }).from(signIns).orderBy(signIns.id),
    await story.mail(),
  ]
  return { ...story, provider, olga, slug: 'harbour', organizationId, domainId: domain?.id ?? '', state }
}

const emailsOf = async ({ house }: TestHouse) =>
  (await house.db.select({ email: accounts.email }).from(accounts)).map(({ email }) => email).sort()

it('S1: the first sign-in through the company makes an account and a colleague; the next opens the same', async () => {
  const company = await openCompany()
  const browser = openBrowser(company)

  const answer = await browser.signIn(ada.email, '/commitments')
  expect(answer.json()).toEqual({ next: '/commitments' })
  expect(await browser.whoIs()).toBe(ada.email)
  const [account] = await company.house.db.select().from(accounts).where(eq(accounts.email, ada.email))
  expect(account).toMatchObject({ name: 'Ada Lind', passwordHash: null, verifiedAt: company.house.now() })
  expect(
    await company.house.db
      .select()
      .from(colleagues)
      .where(eq(colleagues.accountId, account?.id ?? '')),
  ).toMatchObject([{ role: 'colleague', status: 'active', organizationId: company.organizationId }])

  expect((await openBrowser(company).signIn(ada.email)).json()).toEqual({ next: null })
  expect(await emailsOf(company)).toEqual([ada.email, company.olga.email])
})

it('S1: who somebody is stays the issuer and its subject, also under another address', async () => {
  const company = await openCompany()
  await openBrowser(company).signIn(ada.email)
  await company.provider.obey({
    person: { ...ada, email: 'ada.married@elsewhere.example', email_verified: false },
  })

  const browser = openBrowser(company)
  expect((await browser.signIn(ada.email)).statusCode).toBe(200)
  expect(await browser.whoIs()).toBe(ada.email)
})

it('S2: the same address under another subject takes over no account', async () => {
  const company = await openCompany()
  await openBrowser(company).signIn(ada.email)
  await company.provider.obey({ person: { ...ada, sub: 'somebody-else' } })
  const before = await company.state()

  const browser = openBrowser(company)
  const answer = await browser.signIn(ada.email)
  expect(answer.json()).toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/belongs to somebody else/) as string,
  })
  expect(await browser.whoIs()).toBeUndefined()
  expect(await company.state()).toEqual(before)
})

it('S2: an account with a password is connected by its owner only: signed in, or by a link in their mail', async () => {
  const company = await openCompany()
  const passwordHash = await hashPassword('a long password')
  const own = await company.person('Ada', { email: ada.email, passwordHash })

  const stranger = openBrowser(company)
  expect((await stranger.signIn(ada.email, '/guide')).json()).toEqual({ confirm: ada.email })
  expect(await stranger.whoIs()).toBeUndefined()
  expect(await company.house.db.select().from(ssoIdentities)).toEqual([])

  const token = (await company.linkTo(ada.email)).split('/').at(-1) ?? ''
  const params = { token }
  expect(await company.stranger().api.readSsoLink({ params })).toEqual({
    email: ada.email,
    organization: 'Harbour',
  })
  const mailbox = openBrowser(company)
  expect((await mailbox.post(`/api/sso/links/${token}`)).json()).toEqual({ next: '/guide' })
  expect(await mailbox.whoIs()).toBe(ada.email)
  expect((await mailbox.post(`/api/sso/links/${token}`)).json()).toMatchObject({ code: 'link-used-up' })
  expect((await company.mail()).at(-1)).toMatchObject({
    to: ada.email,
    subject: 'Your account is connected with Harbour',
  })
  expect((await openBrowser(company).signIn(ada.email)).json()).toEqual({ next: null })

  const other = { ...ada, sub: 'ben-1', email: `ben@${DOMAIN}` }
  const ben = await company.person('Ben', { email: other.email, passwordHash })
  await company.provider.obey({ person: other })
  const signedIn = openBrowser(company, ben.cookie)
  expect((await signedIn.signIn(other.email)).json()).toEqual({ next: null })
  expect(await signedIn.whoIs()).toBe(other.email)
  expect(own.id).not.toBe(ben.id)
})

it('S2: a link to connect holds for 15 minutes, and not for another provider', async () => {
  const company = await openCompany()
  const passwordHash = await hashPassword('a long password')
  await company.person('Ada', { email: ada.email, passwordHash })
  const newLink = async () => {
    await openBrowser(company).signIn(ada.email)
    return (await company.linkTo(ada.email)).split('/').at(-1) ?? ''
  }
  const first = await newLink()
  company.pass({ minutes: 16 })
  const late = await company
    .stranger()
    .request({ method: 'POST', url: `/api/sso/links/${first}`, payload: {} })
  expect(late.json()).toMatchObject({ code: 'link-used-up' })

  const second = await newLink()
  await company.olga.api.removeSso({ params: { slug: company.slug } })
  const gone = await company
    .stranger()
    .request({ method: 'POST', url: `/api/sso/links/${second}`, payload: {} })
  expect(gone.json()).toMatchObject({ code: 'link-used-up' })
  expect(await company.house.db.select().from(ssoIdentities)).toEqual([])
})

it('S2: the password that somebody chose for an address that was never theirs is gone', async () => {
  const company = await openCompany()
  const passwordHash = await hashPassword('the password of a thief')
  const thief = await company.person('Thief', { email: ada.email, passwordHash, verifiedAt: null })

  const browser = openBrowser(company)
  expect((await browser.signIn(ada.email)).statusCode).toBe(200)
  expect((await thief.api.visit()).account).toBeNull()
  const body = { email: ada.email, password: 'the password of a thief' }
  await expect(company.stranger().api.signIn({ body })).rejects.toMatchObject({ code: 'wrong-password' })
})

it.each<[string, Partial<ProviderOrder>, RegExp]>([
  ['an id token of another issuer', { claims: { iss: 'https://evil.example' } }, /issued by somebody else/],
  ['an id token for another application', { claims: { aud: 'another' } }, /meant for another application/],
  [
    'a foreign audience beside ours',
    { claims: { aud: ['shortside', 'other'], azp: 'other' } },
    /meant for another/,
  ],
  ['a wrong nonce', { claims: { nonce: 'wrong' } }, /belongs to another sign-in/],
  ['an expired token', { claims: { exp: 1_000_000 } }, /has expired/],
  ['a token from the future', { claims: { nbf: 4_000_000_000 } }, /has expired, or is not valid yet/],
  ['alg none', { signature: 'none' }, /does not prove who you are/],
  ['a foreign signature', { signature: 'foreign' }, /does not prove who you are/],
  [
    'an address that is not confirmed',
    { person: { ...ada, email_verified: false } },
    /not say that your e-mail address is confirmed/,
  ],
  ['no address', { person: { sub: 'ada-1' } }, /not say that your e-mail address is confirmed/],
  [
    'an address elsewhere',
    { person: { ...ada, email: 'ada@evil.example' } },
    /evil\.example is not proven to be a domain of Harbour/,
  ],
  [
    'an address of a subdomain',
    { person: { ...ada, email: `ada@sub.${DOMAIN}` } },
    /is not proven to be a domain of Harbour/,
  ],
  ['a person who says no', { deny: true }, /You did not go on/],
])('S3: %s opens nothing and leaves nothing', async (_case, lie, sentence) => {
  const company = await openCompany({ person: ada, ...lie })
  const before = await company.state()

  const browser = openBrowser(company)
  const answer = await browser.signIn(ada.email)
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect(answer.json<{ message: string }>().message).toMatch(sentence)
  expect(await browser.whoIs()).toBeUndefined()
  expect(await company.state()).toEqual(before)
})

it('S3: what comes back is taken once, from the browser that began, unchanged, within ten minutes', async () => {
  const company = await openCompany()
  const refused = { code: 'link-used-up', message: expect.stringMatching(/Begin it again/) as string }
  const comeBack = async (change: (query: URLSearchParams) => void) => {
    const browser = openBrowser(company)
    const query = await browser.visit(await browser.begin(ada.email))
    change(query)
    return { browser, query, answer: await browser.finish(query) }
  }
  const before = await company.state()

  for (const change of [
    (query: URLSearchParams) => query.set('state', 'made-up'),
    (query: URLSearchParams) => query.delete('state'),
    (query: URLSearchParams) => query.append('state', 'a second one'),
    () => company.pass({ minutes: 11 }),
  ]) {
    const { answer } = await comeBack(change)
    expect(answer.json()).toMatchObject(refused)
  }
  const spoofed = await comeBack((query) => query.set('iss', 'https://evil.example'))
  expect(spoofed.answer.json()).toMatchObject({
    message: expect.stringMatching(/did not come from/) as string,
  })
  const silent = await comeBack((query) => query.delete('iss'))
  expect(silent.answer.json()).toMatchObject({
    message: expect.stringMatching(/did not come from/) as string,
  })
  const madeUp = await comeBack((query) => query.set('code', 'made-up'))
  expect(madeUp.answer.json()).toMatchObject({
    message: expect.stringMatching(/did not take the code/) as string,
  })
  expect(await company.state()).toEqual(before)

  // Somebody else's answer, in a browser that began nothing, and in one that began something else.
  const mallory = openBrowser(company)
  const hers = await mallory.visit(await mallory.begin(ada.email))
  expect((await openBrowser(company).finish(hers)).json()).toMatchObject(refused)
  const victim = openBrowser(company)
  const his = await victim.visit(await victim.begin(ada.email))
  expect((await victim.finish(hers)).json()).toMatchObject(refused)
  // A foreign code under one's own state: the verifier does not fit.
  const mixed = new URLSearchParams(his)
  mixed.set('code', hers.get('code') ?? '')
  expect((await victim.finish(mixed)).json()).toMatchObject({
    message: expect.stringMatching(/did not take the code/) as string,
  })
  expect(await company.state()).toEqual(before)

  const good = await comeBack(() => undefined)
  expect(good.answer.statusCode).toBe(200)
  expect((await good.browser.finish(good.query)).json()).toMatchObject(refused)
  // A used code under a state of today.
  const again = await comeBack((query) => query.set('code', good.query.get('code') ?? ''))
  expect(again.answer.statusCode).toBe(422)
})

it('S3: two tabs of one browser come back side by side, and one answer sent twice opens one sign-in', async () => {
  const company = await openCompany()
  const browser = openBrowser(company)
  const [first, second] = [await browser.begin(ada.email), await browser.begin(ada.email)]
  const queries = [await browser.visit(first), await browser.visit(second)]
  expect((await browser.finish(queries[0] ?? new URLSearchParams())).statusCode).toBe(200)
  const twice = await Promise.all([1, 2].map(() => browser.finish(queries[1] ?? new URLSearchParams())))
  expect(twice.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410])
})

it('S4: a provider that is down, slow or another one is a sentence, for the admin and for who signs in', async () => {
  const company = await openCompany()
  const { olga, provider } = company
  const params = { slug: company.slug }
  const attempt = async () => {
    const trial = await olga.api.trySso({ params })
    const begun = await company
      .stranger()
      .api.beginSso({ body: { email: ada.email } })
      .then(
        () => 'begun',
        (problem: Error) => problem.message,
      )
    return { ...trial, begun }
  }
  expect(await attempt()).toMatchObject({ works: true, begun: 'begun' })

  await provider.obey({ person: ada, discovery: { issuer: 'https://evil.example' } })
  const evil = await attempt()
  expect(evil).toMatchObject({
    works: false,
    sentence: expect.stringMatching(/says that it belongs to the issuer “https:\/\/evil\.example”/) as string,
  })
  expect(evil.begun).toBe(evil.sentence)

  await provider.obey({ person: ada, discovery: { authorization_endpoint: 'javascript:alert(1)' } })
  expect((await attempt()).sentence).toMatch(/names no page where people sign in/)
  await provider.obey({ person: ada, slow: 3000 })
  expect((await attempt()).sentence).toMatch(/took longer than 1.5 seconds/)
  await provider.stop()
  expect((await attempt()).sentence).toMatch(/could not reach 127\.0\.0\.1/)
  expect(await company.house.db.select().from(ssoIdentities)).toEqual([])
})

it('S4: a provider is only reached where the operator allows it', async () => {
  const company = await openCompany()
  const { olga } = company
  const params = { slug: company.slug }
  const sentenceFor = async (issuer: string) => {
    await olga.api.changeSso({ params, body: { issuer, clientId: 'shortside', clientSecret: 'secret' } })
    return (await olga.api.trySso({ params })).sentence
  }
  expect(await sentenceFor('https://10.0.0.1')).toMatch(/not on the public internet/)
  expect(await sentenceFor('https://[::1]')).toMatch(/not on the public internet/)
  expect(await sentenceFor('https://169.254.169.254')).toMatch(/not on the public internet/)
  expect(await sentenceFor('http://93.184.215.14')).toMatch(/without encryption/)
  // A name is reached by where it leads, and stays another issuer.
  expect(await sentenceFor(company.provider.issuer.replace('127.0.0.1', 'localhost'))).toMatch(
    /belongs to the issuer “http:\/\/127\.0\.0\.1/,
  )
  expect(await sentenceFor('https://93.184.215.14:8443')).toMatch(/port 8443/)

  const elsewhere = await openHouse()
  const admin = await elsewhere.person('Ines')
  const [organization] = await elsewhere.house.db
    .insert(organizations)
    .values({ slug: 'pier', name: 'Pier' })
    .returning()
  await elsewhere.house.db.insert(colleagues).values({
    organizationId: organization?.id ?? '',
    accountId: admin.id,
    role: 'admin',
    joinedAt: elsewhere.house.now(),
  })
  const change = (issuer: string) =>
    admin.api.changeSso({ params: { slug: 'pier' }, body: { issuer, clientId: 'x', clientSecret: 'y' } })
  await expect(change(company.provider.issuer)).rejects.toMatchObject({
    field: 'issuer',
    message: expect.stringMatching(/begin with https/) as string,
  })
  for (const issuer of [
    'login',
    'ftp://a.example',
    'https://a:b@c.example',
    'https://a.example?b',
    'javascript:1',
  ])
    await expect(change(issuer)).rejects.toMatchObject({ code: 'invalid', field: 'issuer' })
  await change('https://127.0.0.1')
  expect((await admin.api.trySso({ params: { slug: 'pier' } })).sentence).toMatch(
    /not on the public internet/,
  )
})

it('S5: the secret goes in and never comes out', async () => {
  const company = await openCompany()
  const params = { slug: company.slug }
  const said = JSON.stringify([
    await company.olga.api.readSso({ params }),
    await company.olga.api.trySso({ params }),
    await company.olga.api.changeSso({
      params,
      body: { issuer: company.provider.issuer, clientId: company.provider.clientId },
    }),
    await company.house.db.select().from(organizations),
  ])
  expect(said).not.toContain(company.provider.clientSecret)
  expect(said).toContain('"hasSecret":true')
  // Another provider never gets it.
  await expect(
    company.olga.api.changeSso({ params, body: { issuer: 'https://evil.example', clientId: 'shortside' } }),
  ).rejects.toMatchObject({ field: 'clientSecret' })
  // A wrong one shows when somebody signs in.
  await company.olga.api.changeSso({
    params,
    body: { issuer: company.provider.issuer, clientId: company.provider.clientId, clientSecret: 'wrong' },
  })
  expect((await openBrowser(company).signIn(ada.email)).json()).toMatchObject({
    message: expect.stringMatching(/its secret is wrong/) as string,
  })
})

it('S5: only admins of the organization see or change how it signs in', async () => {
  const company = await openCompany()
  const { house } = company
  const ben = await company.person('Ben', { email: `ben@${DOMAIN}` })
  const zoe = await company.person('Zoe')
  const params = { slug: company.slug }
  const body = { issuer: 'https://a.example', clientId: 'x', clientSecret: 'y' }
  const before = await house.db.select().from(organizations)
  for (const [who, code] of [
    [ben, 'not-allowed'],
    [zoe, 'not-found'],
    [company.stranger(), 'not-signed-in'],
  ] as const) {
    await expect(who.api.readSso({ params })).rejects.toMatchObject({ code })
    await expect(who.api.changeSso({ params, body })).rejects.toMatchObject({ code })
    await expect(who.api.removeSso({ params })).rejects.toMatchObject({ code })
    await expect(who.api.trySso({ params })).rejects.toMatchObject({ code })
    await expect(
      who.api.enforceSso({ params: { ...params, id: company.domainId }, body: { enforces: true } }),
    ).rejects.toMatchObject({ code })
  }
  expect(await house.db.select().from(organizations)).toEqual(before)
})

it('S5: nobody learns more of a domain than whether it signs in through a company', async () => {
  const company = await openCompany(undefined, false)
  await company.house.db.insert(organizationDomains).values({
    organizationId: company.organizationId,
    domain: 'claimed.example',
    method: 'dns',
    askedAt: company.house.now(),
  })
  const answerFor = (email: string) =>
    company
      .stranger()
      .request({ method: 'POST', url: '/api/sso', payload: { email } })
      .then(({ statusCode, body, cookies }) => ({
        statusCode,
        cookies,
        body: body.replace(/at \S+ through/, ''),
      }))
  const unknown = await answerFor('ada@unknown.example')
  expect(unknown.statusCode).toBe(422)
  expect(await answerFor(ada.email)).toEqual(unknown)
  expect(await answerFor('ada@claimed.example')).toEqual(unknown)
})

it('S6: a domain is closed to other ways only by an admin who came through the provider', async () => {
  const company = await openCompany({ person: { ...ada, sub: 'olga-1', email: `olga@${DOMAIN}` } })
  const { olga, domainId } = company
  const params = { slug: company.slug, id: domainId }
  await expect(olga.api.enforceSso({ params, body: { enforces: true } })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/sign in through the provider yourself/) as string,
  })

  const passwordHash = await hashPassword('a long password')
  const ben = await company.person('Ben', { email: `ben@${DOMAIN}`, passwordHash })
  const zoe = await company.person('Zoe', { email: 'zoe@elsewhere.example', passwordHash })
  await company.stranger().api.mailSignInLink({ body: { email: ben.email } })
  const oldLink = (await company.linkTo(ben.email)).split('/').at(-1) ?? ''

  const browser = openBrowser(company, olga.cookie)
  await browser.signIn(olga.email)
  await switchOn(company, browser)

  // What was open ends, but for who came through the provider; and for people elsewhere nothing changes.
  expect((await ben.api.visit()).account).toBeNull()
  expect(await browser.whoIs()).toBe(olga.email)
  expect((await zoe.api.visit()).account?.email).toBe(zoe.email)
  expect(await company.house.db.select().from(mailLinks).where(eq(mailLinks.accountId, ben.id))).toEqual([])

  // The same answer, whoever asks, whatever they know.
  const say = async (url: string, payload: object) => {
    const answer = await company.stranger().request({ method: 'POST', url, payload })
    return [answer.statusCode, answer.body, answer.cookies]
  }
  const draft = { name: 'New', password: 'a long password', zone: 'UTC' }
  for (const url of ['/api/sign-in', '/api/sign-in/link', '/api/sign-in/reset', '/api/sign-up']) {
    const right = await say(url, { ...draft, email: ben.email })
    expect(right[0]).toBe(403)
    expect(right[1]).toContain('company-sign-in')
    expect(await say(url, { ...draft, email: ben.email, password: 'a wrong password' })).toEqual(right)
    expect(await say(url, { ...draft, email: `nobody@${DOMAIN}` })).toEqual(right)
  }
  expect((await say(`/api/mail-links/${oldLink}`, {}))[0]).toBe(410)
  expect((await say('/api/sign-in', { email: zoe.email, password: 'a long password' }))[0]).toBe(200)

  // They are led to the company, and the link in their mail still connects what they had.
  await company.provider.obey({ person: { sub: 'ben-1', email: ben.email, email_verified: true } })
  expect((await openBrowser(company).signIn(ben.email)).json()).toEqual({ confirm: ben.email })
  const token = (await company.linkTo(ben.email)).split('/').at(-1) ?? ''
  const mailbox = openBrowser(company)
  expect((await mailbox.post(`/api/sso/links/${token}`)).statusCode).toBe(200)
  expect(await mailbox.whoIs()).toBe(ben.email)
})

/** The admin closes the other ways, with the cookie that the provider vouched for. */
async function switchOn(company: Company, browser: ReturnType<typeof openBrowser>): Promise<void> {
  const { olga } = company
  const cookie = browser.cookie('signin')
  const answer = await olga.request({
    method: 'PUT',
    url: `/api/organizations/${company.slug}/sso/domains/${company.domainId}`,
    payload: { enforces: true },
    headers: { cookie },
  })
  expect(answer.json()).toMatchObject({ domains: [{ domain: DOMAIN, enforcesSso: true }], throughIt: true })
  const moved = await olga.request({
    method: 'PUT',
    url: `/api/organizations/${company.slug}/sso`,
    payload: { issuer: 'https://other.example', clientId: 'x', clientSecret: 'y' },
    headers: { cookie },
  })
  expect(moved.json()).toMatchObject({ code: 'conflict' })
}

it(
  'S6: the operator opens the other ways again, and forgets who somebody was at the provider',
  { timeout: 60_000 },
  async () => {
    const company = await openCompany()
    await openBrowser(company).signIn(ada.email)
    await company.house.db
      .update(organizationDomains)
      .set({ enforcesSso: true })
      .where(eq(organizationDomains.id, company.domainId))
    const run = async (...words: string[]) => {
      const env = { ...process.env, DATABASE_URL: company.databaseUrl }
      const cli = fork(join(CHECKOUT, 'server/src/cli.ts'), words, { env, stdio: 'ignore' })
      const [code] = (await once(cli, 'exit')) as [number]
      return code
    }
    const sendLink = () => company.stranger().api.mailSignInLink({ body: { email: ada.email } })
    await expect(sendLink()).rejects.toMatchObject({ code: 'company-sign-in' })
    expect(await run('sso', 'release', DOMAIN)).toBe(0)
    expect(await sendLink()).toEqual({})

    // The provider was set up anew, and calls Ada something else.
    await company.provider.obey({ person: { ...ada, sub: 'ada-2' } })
    expect((await openBrowser(company).signIn(ada.email)).statusCode).toBe(409)
    expect(await run('sso', 'forget', ada.email.toUpperCase())).toBe(0)
    expect((await openBrowser(company).signIn(ada.email)).statusCode).toBe(200)
  },
)
