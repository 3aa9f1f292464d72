import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups } from '#db/schema.ts'
import { anchorOf } from '#tests/canary.ts'
import { canary, openWorld, type World } from '#tests/privacy-world.ts'

/** The circle with its running session closed, so that it can end in peace. */
async function openQuietWorld() {
  const world = await openWorld()
  await world.people.facilitator.api.closeSession({ params: { sessionId: world.liveId } })
  return world
}

const end = ({ people, slug }: World, thanks = 'Thank you, all of you.') =>
  people.organizer.api.endGroup({ params: { slug }, body: { thanks } })

it('a group that ends cancels what lies ahead, tells everybody, and shows what it achieved', async () => {
  const world = await openQuietWorld()
  const { member, organizer, requested, waitlisted, stranger } = world.people
  const before = await member.api.getRoom({ params: { sessionId: world.nextId } })
  const news = await member.follow(world.nextId, before.position)
  const mailedBefore = (await world.mail()).length

  await end(world)
  await end(world, 'Thank you, all.')

  await news.until('plan-changed')
  expect((await member.api.getSession({ params: { sessionId: world.nextId } })).status).toBe('cancelled')
  expect((await member.api.getSession({ params: { sessionId: world.pastId } })).status).toBe('wrapped-up')
  const mailed = (await world.mail()).slice(mailedBefore)
  expect(mailed.map(({ to }) => to).toSorted()).toEqual(
    [member, world.people.facilitator, world.people.expired, requested, waitlisted]
      .map(({ email }) => email)
      .toSorted(),
  )
  expect(mailed.find(({ to }) => to === member.email)).toMatchObject({
    subject: `Circle ${canary('group name')} has ended`,
    text: expect.stringMatching(/Thank you, all of you\.[^]*next title|zqnexttitleqz[^]*farewell/) as string,
  })

  expect(await member.api.readFarewell({ params: { slug: world.slug } })).toMatchObject({
    endedAt: expect.any(String) as string,
    thanks: 'Thank you, all.',
    sessionsHeld: 2,
    commitmentsMade: 4,
    commitmentsKept: 1,
    episodesDiscussed: 1,
    postsWritten: 8,
  })
  expect(await member.api.listMyGroups()).toEqual([])
  expect((await member.api.listEndedGroups()).map(({ slug }) => slug)).toEqual([world.slug])
  expect((await organizer.api.getGroup({ params: { slug: world.slug } })).endedAt).not.toBeNull()
  await expect(stranger.api.readFarewell({ params: { slug: world.slug } })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('in a group that has ended nobody schedules, writes, imports, invites or joins, and everything can be read', async () => {
  const world = await openQuietWorld()
  const { member, facilitator, organizer, invited } = world.people
  const { slug, episodeId, threadId, postId } = world
  await end(world)

  const adding = {
    schedule: () =>
      facilitator.api.scheduleSession({
        params: { slug },
        body: { id: randomUUID(), title: 'More', startsAt: '2027-01-12T17:00:00Z', minutes: 60 },
      }),
    start: () =>
      member.api.startThread({
        params: { slug, episodeId },
        body: {
          threadId: randomUUID(),
          postId: randomUUID(),
          anchor: anchorOf('x'),
          body: 'x',
          question: false,
        },
      }),
    reply: () =>
      member.api.reply({
        params: { slug, threadId },
        body: { postId: randomUUID(), body: 'x' },
      }),
    ask: () => member.api.setQuestion({ params: { slug, threadId }, body: { question: 'none' } }),
    place: () => member.api.placeThread({ params: { slug, threadId }, body: anchorOf('x') }),
    edit: () => member.api.editPost({ params: { slug, threadId, postId }, body: { body: 'x' } }),
    import: () => member.api.saveEpisode({ params: { slug }, body: { id: randomUUID(), title: 'x' } }),
    invite: () =>
      organizer.api.createInvite({
        params: { slug },
        body: { id: randomUUID(), role: 'member', days: 7, maxUses: null, domains: [] },
      }),
    mail: () =>
      organizer.api.mailInvites({
        params: { slug },
        body: {
          invites: [{ id: randomUUID(), email: 'new@example.org' }],
          role: 'member',
          days: 7,
          note: '',
        },
      }),
  }
  for (const [name, call] of Object.entries(adding))
    await expect(call(), name).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has ended') as string,
    })
  await expect(
    invited.api.acceptInvite({ params: { token: world.inviteToken }, body: {} }),
  ).rejects.toMatchObject({ code: 'not-allowed' })

  const { threads } = await member.api.getDiscussion({ params: { slug, episodeId } })
  expect(threads[0]?.posts[0]?.body).toBe(canary('post words'))
  await member.api.withdrawPost({ params: { slug, threadId, postId } })
})

it('a public group that has ended is found no more, until an organizer takes it up again', async () => {
  const world = await openQuietWorld()
  const { organizer, facilitator, member, anonymous } = world.people
  const params = { slug: world.slug }
  await world.house.db.update(groups).set({ visibility: 'public' }).where(eq(groups.id, world.groupId))
  const found = async () =>
    (await anonymous.api.findGroups({ query: {} })).groups.some(({ slug }) => slug === world.slug)
  expect(await found()).toBe(true)

  await end(world)
  expect(await found()).toBe(false)
  for (const one of [facilitator, member]) {
    await expect(one.api.takeUpGroup({ params })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(one.api.endGroup({ params, body: { thanks: '' } })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  }
  await organizer.api.takeUpGroup({ params })
  expect(await found()).toBe(true)
  await facilitator.api.scheduleSession({
    params,
    body: { id: randomUUID(), title: 'Again', startsAt: '2027-01-12T17:00:00Z', minutes: 60 },
  })
})

it('a group does not end while one of its sessions is running', async () => {
  const world = await openWorld()
  await expect(end(world)).rejects.toMatchObject({
    code: 'conflict',
    message: `“${canary('live title')}” is running, or its room is still open. Close it in the room first.`,
  })
  const { people, nextId, slug } = world
  expect((await people.member.api.getSession({ params: { sessionId: nextId } })).status).toBe('scheduled')
  expect((await people.member.api.getGroup({ params: { slug } })).endedAt).toBeNull()
  expect((await people.member.api.readFarewell({ params: { slug } })).thanks).toBe(canary('thanks'))
})
