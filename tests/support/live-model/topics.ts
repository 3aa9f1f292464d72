import { randomUUID } from 'node:crypto'
import { at, chairs, type Deed, type Page } from './deed.ts'
import { dropEmpty, lastPosition } from './rules.ts'
import { live, No, seat, type Topic, type World } from './world.ts'

/** One that the page shows, or one that never was. */
const topicOn = ({ view }: Page, pick: number): string => at(view.topics, pick)?.id ?? randomUUID()

function requireTopic(world: World, topicId: string): Topic {
  const topic = world.topics.find(({ id }) => id === topicId)
  if (!topic) throw new No('not-found')
  return topic
}

/** Whoever runs the session, and everybody where the block says so. */
function grouper(world: World, accountId: string, blockId: string | null): void {
  if (seat(world, accountId) !== 'member') return
  if (!world.blocks.find(({ id }) => id === blockId)?.options.groupTogether) throw new No('not-allowed')
}

/** Somebody in the room does it with a topic that they see. */
const withTopic =
  (
    name: string,
    send: (
      api: Parameters<ReturnType<Deed>['send']>[0],
      params: { sessionId: string; topicId: string },
    ) => Promise<unknown>,
    happen: (world: World, topicId: string, accountId: string) => void,
  ): Deed =>
  (page, pick) => {
    const { accountId, view } = page
    const topicId = topicOn(page, pick)
    return {
      name,
      send: (api) => send(api, { sessionId: view.session.id, topicId }),
      happen: (world) => {
        seat(world, accountId)
        live(world)
        happen(world, topicId, accountId)
        return {}
      },
    }
  }

export const TOPIC_DEEDS = {
  addTopic: (page, pick) => {
    const [topicId, title] = [randomUUID(), `A line ${String(pick % 5)}`]
    return chairs(
      'add a topic',
      (api, params) => api.addTopic({ params: { ...params, topicId }, body: { title } }),
      (world) => {
        live(world)
        if (world.added.includes(topicId)) return
        world.added.push(topicId)
        const position = lastPosition(world) + 1
        world.topics.push({ id: topicId, blockId: null, title, position, answerIds: [] })
      },
    )(page, pick)
  },
  renameTopic: (page, pick) => {
    const title = pick % 5 === 0 ? ' ' : `Name ${String(pick % 4)}`
    return withTopic(
      'rename a topic',
      (api, params) => api.renameTopic({ params, body: { title } }),
      (world, topicId, accountId) => {
        const topic = requireTopic(world, topicId)
        grouper(world, accountId, topic.blockId)
        if (topic.blockId === null && title.trim() === '') throw new No('invalid')
        topic.title = title.trim()
      },
    )(page, pick)
  },
  removeTopic: (page, pick) => {
    const topicId = topicOn(page, pick)
    return chairs(
      'remove a topic',
      (api, params) => api.removeTopic({ params: { ...params, topicId } }),
      (world) => {
        live(world)
        world.topics = world.topics.filter(({ id }) => id !== topicId)
      },
    )(page, pick)
  },
  gather: (page, pick) => {
    const { accountId, view } = page
    const block = at(
      view.blocks.filter(({ answers }) => answers.length > 0),
      pick,
    )
    const blockId = block?.id ?? at(view.blocks, pick)?.id ?? ''
    const shown = block?.answers.map(({ id }) => id) ?? [randomUUID()]
    const answers = [...new Set([at(shown, pick) ?? '', at(shown, pick + 1) ?? ''])].map((id) => ({
      id,
      from: view.topics.find(({ answerIds }) => answerIds.includes(id))?.id ?? null,
    }))
    const topicId = pick % 2 === 0 ? randomUUID() : topicOn(page, pick)
    const title = pick % 3 === 0 ? `Heap ${String(pick % 5)}` : ''
    return {
      name: 'put answers together',
      send: (api) =>
        api.gatherAnswers({
          params: { sessionId: view.session.id, topicId },
          body: { blockId, title, answers },
        }),
      happen: (world) => {
        seat(world, accountId)
        live(world)
        grouper(world, accountId, blockId)
        const its = world.blocks.find(({ id }) => id === blockId)
        const there = [...world.answers.filter((one) => one.blockId === blockId), ...(its?.nobodys ?? [])]
        if (
          (its?.revealedAt ?? null) === null ||
          !answers.every(({ id }) => there.some((one) => one.id === id))
        )
          throw new No('not-found')
        const whereIs = (id: string) =>
          world.topics.find(({ answerIds }) => answerIds.includes(id))?.id ?? null
        const moving = answers.filter(({ id }) => whereIs(id) !== topicId)
        if (moving.length === 0) return {}
        if (moving.some(({ id, from }) => whereIs(id) !== from)) throw new No('conflict')
        const before = world.topics.find(({ id }) => id === topicId)
        if (before && before.blockId !== blockId) throw new No('conflict')
        const topic = before ?? {
          id: topicId,
          blockId,
          title,
          position: lastPosition(world) + 1,
          answerIds: [],
        }
        if (!before) world.topics.push(topic)
        const left = moving.flatMap(({ id }) => whereIs(id) ?? [])
        for (const one of world.topics)
          one.answerIds = one.answerIds.filter((id) => !moving.some((answer) => answer.id === id))
        topic.answerIds.push(...moving.map(({ id }) => id))
        dropEmpty(world, left)
        return {}
      },
    }
  },
  takeOut: (page, pick) => {
    const answerId = at(at(page.view.topics, pick)?.answerIds ?? [], pick) ?? randomUUID()
    return withTopic(
      'take an answer out',
      (api, params) => api.takeAnswerOut({ params: { ...params, answerId } }),
      (world, topicId, accountId) => {
        const topic = world.topics.find(({ id }) => id === topicId)
        grouper(world, accountId, topic?.blockId ?? null)
        if (!topic?.answerIds.includes(answerId)) return
        topic.answerIds = topic.answerIds.filter((id) => id !== answerId)
        dropEmpty(world, [topicId])
      },
    )(page, pick)
  },
  merge: (page, pick) => {
    const into = topicOn(page, pick + 1 + (pick % 3))
    return withTopic(
      'make one topic of two',
      (api, params) => api.mergeTopics({ params, body: { into } }),
      (world, topicId, accountId) => {
        if (into === topicId) throw new No('invalid')
        const target = requireTopic(world, into)
        grouper(world, accountId, target.blockId)
        const topic = world.topics.find(({ id }) => id === topicId)
        if (!topic) return
        grouper(world, accountId, topic.blockId)
        if (topic.blockId !== target.blockId) throw new No('conflict')
        target.answerIds.push(...topic.answerIds)
        world.topics = world.topics.filter(({ id }) => id !== topicId)
      },
    )(page, pick)
  },
} satisfies Record<string, Deed>
