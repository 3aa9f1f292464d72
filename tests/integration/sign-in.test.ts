import { expect, it } from 'vitest'
import { openHouse } from '#tests/house.ts'

const draft = { email: 'ada@example.org', name: 'Ada', password: 'correct horse', zone: 'Europe/Berlin' }

it('makes the first account the operator, signed in at once', async () => {
  const { stranger } = await openHouse()
  const ada = stranger()

  expect((await ada.api.visit()).empty).toBe(true)
  const answer = await ada.request({ method: 'POST', url: '/api/sign-up', payload: draft })

  expect(answer.json()).toEqual({ signedIn: true })
  const cookie = answer.cookies[0]
  expect(cookie).toMatchObject({ name: 'signin', httpOnly: true, sameSite: 'Lax' })
  const visit = await ada.request({ url: '/api/visit', headers: { cookie: `signin=${cookie?.value ?? ''}` } })
  expect(visit.json()).toMatchObject({
    account: { name: 'Ada', operator: true, verified: true },
    outbox: true,
  })
})

it('confirms an address by a mailed link that works once', async () => {
  const { stranger, person, linkTo } = await openHouse()
  await person('Olga', { operator: true })
  const ada = stranger()

  expect(await ada.api.signUp({ body: draft })).toEqual({ signedIn: false })
  const link = await linkTo(draft.email)
  const token = link.split('/').at(-1) ?? ''
  expect(await ada.api.readMailLink({ params: { token } })).toEqual({ purpose: 'verify', email: draft.email })
  await ada.api.useMailLink({ params: { token }, body: {} })

  await expect(ada.api.useMailLink({ params: { token }, body: {} })).rejects.toMatchObject({
    code: 'link-used-up',
  })
})

it('gives the same answer for a known and an unknown address', async () => {
  const { stranger, person } = await openHouse()
  const olga = await person('Olga')
  const ada = stranger()

  const known = await ada.request({
    method: 'POST',
    url: '/api/sign-up',
    payload: { ...draft, email: olga.email },
  })
  const unknown = await ada.request({ method: 'POST', url: '/api/sign-up', payload: draft })
  expect(known.body).toBe(unknown.body)
  expect(known.headers['set-cookie']).toBe(unknown.headers['set-cookie'])
})

it('refuses a write from another site, in a sentence', async () => {
  const { stranger } = await openHouse()
  const answer = await stranger().request({
    method: 'POST',
    url: '/api/sign-up',
    payload: draft,
    headers: { origin: 'https://elsewhere.example' },
  })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'wrong-origin' })
})
