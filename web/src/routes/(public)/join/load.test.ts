import { expect, it } from 'vitest'
import { load } from './+page.ts'

const open = (code: string, answer: Response) =>
  load({
    fetch: () => Promise.resolve(answer),
    url: new URL(`https://shortside.example/join?code=${code}`),
  } as unknown as Parameters<typeof load>[0])

it('L42: a code that opens nothing is said beside its field, where it can be typed again', async () => {
  const message = 'This code opens nothing for you now.'
  const refused = Response.json({ code: 'not-found', message, field: 'code' }, { status: 404 })
  expect(await open('ZZZZZZ', refused)).toEqual({ code: 'ZZZZZZ', way: null, problem: message })
})

it('L42: whoever has a seat goes straight to it', async () => {
  const way = { sessionId: 'here', seat: true, open: true }
  await expect(open('ABCDEF', Response.json(way))).rejects.toMatchObject({
    status: 303,
    location: '/room/here',
  })
})
