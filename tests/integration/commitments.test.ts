import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { commitments, memberships } from '#db/schema.ts'
import { openCircle } from '#tests/circle.ts'

/** Ben promised something in a session of the Tuesday circle. */
async function openPromise() {
  const circle = await openCircle()
  const session = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id: randomUUID(), templateId: 'kickoff', startsLocal: '2026-11-24T17:30' },
  })
  const id = randomUUID()
  await circle.house.db.insert(commitments).values({
    id,
    groupId: circle.groupId,
    sessionId: session.id,
    accountId: circle.ben.id,
    cue: 'the budget comes up',
    action: 'ask what it is for',
    due: '2026-12-01',
    madeAt: circle.house.now(),
  })
  return { ...circle, id, sessionId: session.id }
}

it('shows me what I said, where I said it', async () => {
  const { ben, ada, slug, sessionId, stranger } = await openPromise()
  expect(await ben.api.listMyCommitments()).toMatchObject([
    {
      action: 'ask what it is for',
      due: '2026-12-01',
      status: 'open',
      group: { slug, name: 'Tuesday circle' },
      session: { id: sessionId, title: 'Kickoff' },
    },
  ])
  expect(await ada.api.listMyCommitments()).toEqual([])
  await expect(stranger().api.listMyCommitments()).rejects.toMatchObject({ code: 'not-signed-in' })
})

it('is closed by whoever made it, with what happened, and opened again', async () => {
  const { ben, ada, zoe, id, house, pass } = await openPromise()
  const params = { id }
  pass({ days: 5 })
  const done = await ben.api.closeCommitment({
    params,
    body: { status: 'partly', reflection: '  They were glad that I asked. ' },
  })
  expect(done).toMatchObject({ status: 'partly', reflection: 'They were glad that I asked.' })
  const [row] = await house.db.select().from(commitments)
  expect(row?.closedAt).toEqual(house.now())

  const open = await ben.api.closeCommitment({ params, body: { status: 'open' } })
  expect(open).toMatchObject({ status: 'open', reflection: 'They were glad that I asked.' })
  expect((await house.db.select().from(commitments))[0]?.closedAt).toBeNull()

  for (const other of [ada, zoe])
    await expect(other.api.closeCommitment({ params, body: { status: 'done' } })).rejects.toMatchObject({
      code: 'not-found',
    })
  await expect(
    ben.api.closeCommitment({ params, body: { status: 'done', reflection: 'x'.repeat(2001) } }),
  ).rejects.toThrow(/at most 2,000 characters.*2,001/)
})

it('stays mine when I leave the group', async () => {
  const { ben, id, house } = await openPromise()
  await house.db.update(memberships).set({ status: 'left' }).where(eq(memberships.accountId, ben.id))
  await ben.api.closeCommitment({ params: { id }, body: { status: 'done' } })
  expect(await ben.api.listMyCommitments()).toMatchObject([{ status: 'done' }])
})

it('is seen by the facilitators of the group as one list, and by nobody outside', async () => {
  const { ada, ben, zoe, slug } = await openPromise()
  const params = { slug }
  expect(await ada.api.listGroupCommitments({ params })).toMatchObject([{ name: 'Ben', status: 'open' }])
  await expect(ben.api.listGroupCommitments({ params })).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(zoe.api.listGroupCommitments({ params })).rejects.toMatchObject({ code: 'not-found' })
})
