import { randomUUID } from 'node:crypto'
import { eq, ne } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { answers, auditEntries, blocks, groups, posts, sessions, signIns } from '#db/schema.ts'
import { canary, openWorld, type World } from '#tests/privacy-world.ts'

const OLD = 'forget-old-words'

/** Days go by, and nobody is signed out meanwhile. */
async function pass({ house, people, pass }: World, days: number) {
  pass({ days })
  await house.db.update(signIns).set({ createdAt: house.now() }).where(ne(signIns.userId, people.expired.id))
}

/** The circle with its running session closed. */
async function openQuietWorld() {
  const world = await openWorld()
  await world.people.facilitator.api.closeSession({ params: { sessionId: world.liveId } })
  return world
}

const keep = ({ people, slug }: World, months: 3 | 6 | 12 | 24 | null) =>
  people.organizer.api.changeRetention({ params: { slug }, body: { months } })

it('G4: a shorter time is announced to everybody, holds a week later at the earliest, and is kept in the trail', async () => {
  const world = await openQuietWorld()
  const { member, organizer, facilitator, stranger } = world.people
  const params = { slug: world.slug }
  const before = (await world.mail()).length
  expect(await keep(world, 6)).toEqual({
    months: null,
    next: { months: 6, startsAt: '2026-11-29T09:00:00.000Z' },
  })
  await keep(world, 6)
  expect((await member.api.getGroup({ params })).retention.next?.months).toBe(6)
  const mailed = (await world.mail()).slice(before)
  expect(mailed.map(({ to }) => to).toSorted()).toEqual(
    [member, facilitator, world.people.expired].map(({ email }) => email).toSorted(),
  )
  expect(mailed[0]).toMatchObject({
    subject: expect.stringContaining('will keep words for 6 months') as string,
    text: expect.stringContaining('What you promised stays yours') as string,
  })
  await pass(world, 6)
  await world.runJob(OLD)
  expect((await member.api.getGroup({ params })).retention).toMatchObject({ months: null })
  await pass(world, 1)
  await world.runJob(OLD)
  expect((await member.api.getGroup({ params })).retention).toEqual({ months: 6, next: null })

  expect(await keep(world, 12)).toEqual({ months: 12, next: null })
  const kept = await world.house.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'group-changed'))
    .orderBy(auditEntries.at)
  expect(kept.map(({ detail }) => detail).filter(({ setting }) => setting === 'retentionMonths')).toEqual([
    { setting: 'retentionMonths', from: null, to: 6 },
    { setting: 'retentionMonths', from: 6, to: 12 },
  ])
  for (const one of [member, facilitator])
    await expect(one.api.changeRetention({ params, body: { months: 3 } })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  await expect(stranger.api.changeRetention({ params, body: { months: 3 } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(
    organizer.request({ method: 'PUT', url: `/api/groups/${world.slug}/retention`, payload: { months: 5 } }),
  ).resolves.toMatchObject({ statusCode: 422 })
})

it('G4: a shorter time that was chosen by mistake is taken back before anything is deleted', async () => {
  const world = await openQuietWorld()
  await keep(world, 3)
  expect(await keep(world, null)).toEqual({ months: null, next: null })
  await pass(world, 400)
  await world.runJob(OLD)
  const [post] = await world.house.db.select().from(posts).where(eq(posts.id, world.postId))
  expect(post?.body).toBe(canary('post words'))
})

it('G4: what is older is deleted everywhere: answers, notes, posts, announcements; counts stay, and commitments stay with their owners', async () => {
  const world = await openQuietWorld()
  const { member, facilitator } = world.people
  const { slug, episodeId, pastId } = world
  await world.house.db.update(groups).set({ retentionMonths: 3 }).where(eq(groups.id, world.groupId))
  await pass(world, 60)
  await facilitator.api.announce({
    params: { slug },
    body: { id: randomUUID(), title: 'Young', body: 'Young' },
  })
  await pass(world, 40)
  const achieved = await member.api.readFarewell({ params: { slug } })
  const { position } = await member.api.getDiscussion({ params: { slug, episodeId } })
  const news = await member.follow(episodeId, position)
  await world.runJob(OLD)
  await world.runJob(OLD)
  await news.until('episode-changed')

  const { threads } = await member.api.getDiscussion({ params: { slug, episodeId } })
  expect(threads[0]).toMatchObject({
    posts: [{ body: '', html: '', withdrawn: true, forgotten: true }, {}, {}, {}, {}, {}],
  })
  expect(threads[0]?.lastNumber).toBe(threads[0]?.posts.length)
  const { announcements } = await member.api.listAnnouncements({ params: { slug } })
  expect(announcements.map(({ title }) => title)).toEqual(['Young'])
  const wrapUp = await facilitator.api.getWrapUp({ params: { sessionId: pastId } })
  expect(wrapUp.forgottenAt).not.toBeNull()
  expect(wrapUp.blocks.flatMap((block) => block.answers)).toEqual([])
  expect(wrapUp.present.length).toBeGreaterThan(2)
  expect(wrapUp.commitments).toEqual([])
  expect((await member.api.getWrapUp({ params: { sessionId: pastId } })).commitments).toHaveLength(1)
  expect((await facilitator.api.listGroupCommitments({ params: { slug } })).length).toBe(0)
  expect((await member.api.listMyCommitments()).map(({ action }) => action)).toContain(canary('past action'))
  expect(achieved).toMatchObject({ sessionsHeld: 2, commitmentsMade: 4, postsWritten: 8 })
  expect(await member.api.readFarewell({ params: { slug } })).toEqual(achieved)

  const stored = JSON.stringify([
    await world.house.db.select().from(answers),
    await world.house.db.select({ notes: blocks.notes }).from(blocks).where(eq(blocks.sessionId, pastId)),
    await world.house.db.select().from(posts),
  ])
  for (const what of ['past revealed answer', 'past answer of member', 'past block notes', 'post words'])
    expect(stored).not.toContain(canary(what))
})

it('G4: what is young enough, and what lies ahead, stays as it is', async () => {
  const world = await openQuietWorld()
  await world.house.db.update(groups).set({ retentionMonths: 3 }).where(eq(groups.id, world.groupId))
  await pass(world, 80)
  await world.runJob(OLD)
  const { member } = world.people
  expect((await member.api.getWrapUp({ params: { sessionId: world.pastId } })).forgottenAt).toBeNull()
  expect(await world.house.db.$count(posts, eq(posts.body, canary('post words')))).toBe(1)

  // A session that was put off far into the future, and one that nobody ever opened, are not over.
  await pass(world, 60)
  await world.runJob(OLD)
  const [next] = await world.house.db.select().from(sessions).where(eq(sessions.id, world.nextId))
  expect(next?.forgottenAt).toBeNull()
})
