import type { LightMyRequestResponse } from 'fastify'
import { expect, it } from 'vitest'
import { accounts } from '#db/schema.ts'
import { hashPassword } from '#server/sign-in/passwords.ts'
import { readPosition } from '#server/rooms/rooms.ts'
import { openCircle } from '#tests/circle.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

const draft = { email: 'ada@example.org', name: 'Ada', password: 'correct horse', zone: 'Europe/Berlin' }

const cookieOf = (answer: LightMyRequestResponse) => {
  const [cookie] = answer.cookies
  return `${cookie?.name ?? ''}=${cookie?.value ?? ''}`
}

/** What a cookie opens. */
async function whoIs({ stranger }: TestHouse, cookie: string): Promise<string | undefined> {
  const visit = await stranger().request({ url: '/api/visit', headers: { cookie } })
  return visit.json<{ account: { name: string } | null }>().account?.name
}

const post = (person: TestPerson, url: string, payload: object = {}, headers: Record<string, string> = {}) =>
  person.request({ method: 'POST', url, payload, headers })

it('makes the first account the operator, signed in at once', async () => {
  const { stranger } = await openHouse()
  const ada = stranger()

  expect((await ada.api.visit()).empty).toBe(true)
  const answer = await post(ada, '/api/sign-up', draft)

  expect(answer.json()).toEqual({ signedIn: true })
  const visit = await ada.request({ url: '/api/visit', headers: { cookie: cookieOf(answer) } })
  expect(visit.json()).toMatchObject({
    account: { name: 'Ada', operator: true, verified: true },
    empty: false,
    outbox: true,
  })
})

it('makes only one operator of two who come first at the same moment', async () => {
  const { stranger, house } = await openHouse()

  await Promise.all(
    ['ada', 'ben'].map((name) => stranger().api.signUp({ body: { ...draft, email: `${name}@example.org` } })),
  )
  const all = await house.db.select({ operator: accounts.operator }).from(accounts)
  expect(all.map(({ operator }) => operator).sort()).toEqual([false, true])
})

it('confirms an address by a mailed link, signs its owner in and goes on where they wanted to', async () => {
  const story = await openHouse()
  await story.person('Olga', { operator: true })
  const ada = story.stranger()

  expect(await ada.api.signUp({ body: { ...draft, next: '/join/abc' } })).toEqual({ signedIn: false })
  const token = (await story.linkTo(draft.email)).split('/').at(-1) ?? ''
  const answer = await post(ada, `/api/mail-links/${token}`)

  expect(answer.json()).toEqual({ next: '/join/abc' })
  const { account } = (await ada.request({ url: '/api/visit', headers: { cookie: cookieOf(answer) } })).json<{
    account: object
  }>()
  expect(account).toMatchObject({ name: 'Ada', verified: true, operator: false })
})

it('signs in with the password before the address is confirmed, and has the mail sent again', async () => {
  const story = await openHouse()
  await story.person('Olga', { operator: true })
  await story.stranger().api.signUp({ body: draft })

  const answer = await post(story.stranger(), '/api/sign-in', { ...draft, email: 'ADA@Example.org' })
  expect(answer.statusCode).toBe(200)
  const cookie = cookieOf(answer)
  await post(story.stranger(), '/api/me/verify', {}, { cookie })

  const mails = await story.mail()
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Confirm your address for Shortside',
    'Confirm your address for Shortside',
  ])
})

it('goes on only to a path of this site', async () => {
  const { stranger, person } = await openHouse()
  await person('Olga', { operator: true })

  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example']) {
    const refused = await post(stranger(), '/api/sign-up', { ...draft, next })
    expect(refused.json()).toMatchObject({ code: 'invalid', field: 'next' })
  }
})

it('keeps what is wrong with a field beside the field', async () => {
  const { stranger } = await openHouse()
  const ada = stranger()

  await expect(ada.api.signUp({ body: { ...draft, password: 'short' } })).rejects.toMatchObject({
    field: 'password',
    message: '“password” needs at least 10 characters.',
  })
  await expect(ada.api.signUp({ body: { ...draft, email: 'ada' } })).rejects.toMatchObject({
    field: 'email',
    message: 'That does not look like an e-mail address.',
  })
  await expect(ada.api.signUp({ body: { ...draft, zone: 'Mars/Base' } })).rejects.toMatchObject({
    field: 'zone',
  })
})

it('signs in by a mailed link', async () => {
  const story = await openHouse()
  const ada = await story.person('Ada')

  await story.stranger().api.mailSignInLink({ body: { email: ada.email, next: '/commitments' } })
  const token = (await story.linkTo(ada.email)).split('/').at(-1) ?? ''
  const answer = await post(story.stranger(), `/api/mail-links/${token}`)

  expect(answer.json()).toEqual({ next: '/commitments' })
  expect(await whoIs(story, cookieOf(answer))).toBe('Ada')
})

it('signs out, here and not elsewhere', async () => {
  const story = await openHouse()
  const passwordHash = await hashPassword(draft.password)
  const ada = await story.person('Ada', { passwordHash })
  const elsewhere = cookieOf(await post(story.stranger(), '/api/sign-in', { ...draft, email: ada.email }))

  const answer = await post(ada, '/api/sign-out')

  expect(answer.cookies[0]).toMatchObject({ name: 'signin', value: '' })
  expect(await whoIs(story, ada.cookie)).toBeUndefined()
  expect(await whoIs(story, elsewhere)).toBe('Ada')
})

it('L10: sets a new password by a mailed link, which ends all other sign-ins, their sockets, and links on their way', async () => {
  const circle = await openCircle()
  const { ada, house } = circle
  const episode = await circle.addEpisode()
  const heard = await ada.follow(episode, await readPosition(house.db, episode))
  await circle.stranger().api.mailSignInLink({ body: { email: ada.email } })
  const older = (await circle.linkTo(ada.email)).split('/').at(-1) ?? ''
  circle.pass({ minutes: 1 })

  await circle.stranger().api.mailResetLink({ body: { email: ada.email } })
  const token = (await circle.linkTo(ada.email)).split('/').at(-1) ?? ''
  const params = { token }
  await expect(circle.stranger().api.useMailLink({ params, body: {} })).rejects.toMatchObject({
    field: 'password',
  })
  const answer = await post(circle.stranger(), `/api/mail-links/${token}`, { password: 'a new sentence' })

  expect(await whoIs(circle, cookieOf(answer))).toBe('Ada')
  expect(await whoIs(circle, ada.cookie)).toBeUndefined()
  expect(await heard.closed).toBe(4001)
  await expect(circle.stranger().api.readMailLink({ params: { token: older } })).rejects.toMatchObject({
    code: 'link-used-up',
  })
  const again = { email: ada.email, password: 'a new sentence' }
  expect((await post(circle.stranger(), '/api/sign-in', again)).statusCode).toBe(200)
})

it('shows my open sign-ins to me alone, ends one of them, and all but this one', async () => {
  const story = await openHouse()
  const passwordHash = await hashPassword(draft.password)
  const ada = await story.person('Ada', { passwordHash })
  const ben = await story.person('Ben')
  const signInAs = async (device: string) =>
    cookieOf(
      await post(story.stranger(), '/api/sign-in', { ...draft, email: ada.email }, { 'user-agent': device }),
    )
  const phone = await signInAs('phone')
  const laptop = await signInAs('laptop')
  const desk = await signInAs('desk')

  const open = await ada.api.listSignIns()
  expect(open.map(({ device }) => device).sort()).toEqual(['desk', 'laptop', 'phone', 'test'])
  expect(open.find(({ current }) => current)?.device).toBe('test')
  const id = open.find(({ device }) => device === 'phone')?.id ?? ''

  expect(await ben.api.listSignIns()).toHaveLength(1)
  await expect(ben.api.endSignIn({ params: { id } })).rejects.toMatchObject({ code: 'not-found' })
  await ada.api.endSignIn({ params: { id } })
  expect(await whoIs(story, phone)).toBeUndefined()
  expect(await whoIs(story, laptop)).toBe('Ada')

  await ada.api.endOtherSignIns()
  expect(await whoIs(story, laptop)).toBeUndefined()
  expect(await whoIs(story, desk)).toBeUndefined()
  expect(await whoIs(story, ada.cookie)).toBe('Ada')
})

it('changes my name and zone, and no zone that does not exist', async () => {
  const { person, stranger } = await openHouse()
  const ada = await person('Ada')

  expect(await ada.api.changeMe({ body: { name: '  Ada O. ', zone: 'Asia/Tokyo' } })).toMatchObject({
    name: 'Ada O.',
    zone: 'Asia/Tokyo',
  })
  await expect(ada.api.changeMe({ body: { zone: 'Mars/Base' } })).rejects.toMatchObject({ field: 'zone' })
  await expect(stranger().api.changeMe({ body: { name: 'X' } })).rejects.toMatchObject({
    code: 'not-signed-in',
  })
})

it('keeps mail for the operator alone, newest first, while there is no mail server', async () => {
  const { person, stranger } = await openHouse()
  const olga = await person('Olga', { operator: true })
  const ben = await person('Ben')
  await stranger().api.signUp({ body: draft })
  await ben.api.mailVerifyLink()

  expect((await olga.api.listOutbox()).map(({ recipient }) => recipient)).toContain(draft.email)
  expect((await olga.api.visit()).outbox).toBe(true)
  expect((await ben.api.visit()).outbox).toBe(false)
  await expect(ben.api.listOutbox()).rejects.toMatchObject({ code: 'not-found' })
  await expect(stranger().api.listOutbox()).rejects.toMatchObject({ code: 'not-found' })
})
