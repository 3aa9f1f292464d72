import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import { blocks, sessions } from '#db/schema.ts'
import { makeRoom } from '#server/rooms/rooms.ts'
import type { BlockKind, PlanOptions } from '#shared/guide.ts'
import type { LiveBlock, LiveEvent, SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { openCircle, type Circle } from './circle.ts'
import type { TestPerson } from './house.ts'

/** One block between a beginning and an end. */
export type PodsBlock = { kind: BlockKind; minutes: number; options: PlanOptions }

/** The Tuesday circle with two more people, whose sessions have blocks in which people work together. */
export type PodsStory = Circle & {
  dan: TestPerson
  eve: TestPerson
  /** A session of this plan that is open, with these people in it. Ada leads it. */
  open: (plan: PodsBlock[], people: TestPerson[]) => Promise<OpenSession>
}

export type OpenSession = {
  sessionId: string
  params: { sessionId: string }
  blockIds: string[]
  view: (person?: TestPerson) => Promise<SessionView>
  block: (at: number) => Promise<LiveBlock>
  /** Goes to the block of this place. */
  goTo: (at: number) => Promise<void>
  /** Follows from now on; gives everything that was heard, and proves that it folds to what a newcomer loads. */
  watch: (
    person: TestPerson,
  ) => Promise<{ agrees: () => Promise<SessionView>; frames: () => string; close: () => Promise<void> }>
}

export async function openPods(): Promise<PodsStory> {
  const circle = await openCircle()
  const [dan, eve] = [await circle.join('Dan'), await circle.join('Eve')]
  const { ada, groupId, house } = circle
  return {
    ...circle,
    dan,
    eve,
    open: async (plan, people) => {
      const sessionId = randomUUID()
      const params = { sessionId }
      const blockIds = plan.map(() => randomUUID())
      const startsAt = house.now()
      await house.db.transaction(async (tx) => {
        await tx.insert(sessions).values({
          ...{ id: sessionId, groupId, title: 'Practice', startsAt, facilitatorId: ada.id },
          endsAt: new Date(startsAt.getTime() + 90 * 60_000),
        })
        await makeRoom(tx, sessionId, groupId, 'session')
        await tx.insert(blocks).values(
          plan.map((block, position) => ({
            ...block,
            ...{ id: blockIds[position] ?? '', groupId, sessionId, position },
            title: `Block ${String(position)}`,
          })),
        )
      })
      await ada.api.openRoom({ params })
      for (const person of people) await person.api.enterRoom({ params })
      const room = (person: TestPerson) => person.api.getRoom({ params })
      const view = async (person = ada) => (await room(person)).view
      return {
        sessionId,
        params,
        blockIds,
        view,
        block: async (at) => (await view()).blocks[at] as LiveBlock,
        goTo: async (at) => {
          const from = (await view()).currentBlockId
          await ada.api.startBlock({
            params: { ...params, blockId: blockIds[at] ?? '' },
            body: { id: randomUUID(), from },
          })
        },
        watch: async (person) => {
          const { position, view: before } = await room(person)
          const heard = await person.follow(sessionId, position)
          return {
            close: async () => {
              heard.close()
              await heard.closed
            },
            frames: () => JSON.stringify(heard.frames),
            agrees: async () => {
              const fresh = await room(person)
              const expected = fresh.position.number - position.number
              await vi.waitUntil(() => heard.events().length >= expected, { timeout: 20_000, interval: 2 })
              const folded = (heard.events() as LiveEvent[]).reduce(applyLiveEvent, before)
              expect(folded).toEqual(fresh.view)
              return folded
            },
          }
        },
      }
    },
  }
}

/** Names of those together, sorted. */
export const namesOf = (people: readonly TestPerson[], block: LiveBlock, round = 0): string[][] =>
  block.pods
    .filter((pod) => pod.round === round)
    .map((pod) => pod.people.map((id) => people.find((one) => one.id === id)?.name ?? '?').toSorted())
    .toSorted()
