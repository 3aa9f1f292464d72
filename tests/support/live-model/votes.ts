import { topicsAtHand } from '#shared/live/ballot.ts'
import { at, chairs, type Deed } from './deed.ts'
import { count, isTimeUp, look, settleBallot, voteAgain } from './rules.ts'
import { arrive, find, live, No, seat, type Block, type World } from './world.ts'

/** The vote of the room's block, as the page shows it; sometimes another block. */
const blockOn = ({ view }: Parameters<Deed>[0], pick: number): string =>
  (pick % 9 === 0 ? at(view.blocks, pick)?.id : view.currentBlockId) ?? at(view.blocks, pick)?.id ?? ''

function current(world: World, blockId: string): Block {
  const block = find(world, blockId)
  if (world.current !== blockId) throw new No('conflict')
  return block
}

const vote =
  (done: boolean): Deed =>
  (page, pick) => {
    const { accountId, view, voted } = page
    const blockId = blockOn(page, pick)
    const isStep = view.blocks.find(({ id }) => id === blockId)?.options.confidence === true
    const revision = (voted.get(blockId) ?? 0) + 1
    voted.set(blockId, revision)
    const topics = topicsAtHand(view.blocks, view.topics)
    const [first, second] = [at(topics, pick), at(topics, pick + 1)]
    const dots =
      isStep || !first || pick % 6 === 0
        ? []
        : second && second.id !== first.id
          ? [first, second].map(({ id }) => ({ topicId: id, dots: 1 }))
          : [{ topicId: first.id, dots: 2 }]
    const step = isStep && pick % 7 > 0 ? 1 + (pick % 5) : null
    const body = { blockId, revision, dots, step, done }
    return {
      name: `vote ${String(revision)}${done ? ', done' : ''}`,
      send: (api) => api.saveBallot({ params: { sessionId: view.session.id }, body }),
      happen: (world, now) => {
        seat(world, accountId)
        live(world)
        const mine = world.ballots.find((one) => one.blockId === blockId && one.accountId === accountId)
        if (mine && mine.revision >= revision) return { ...mine, accountId: undefined }
        const block = current(world, blockId)
        if (block.kind !== 'vote' || block.revealedAt !== null || isTimeUp(world, now))
          throw new No('conflict')
        if (isStep && done && step === null) throw new No('invalid')
        arrive(world, accountId, now)
        const counted = dots.filter(({ topicId }) => world.topics.some(({ id }) => id === topicId))
        const kept = { blockId, accountId, revision, dots: counted, step, done }
        world.ballots = [...world.ballots.filter((one) => one !== mine), kept]
        const answer = structuredClone(kept)
        if (done) settleBallot(world, now)
        return { ...answer, accountId: undefined }
      },
    }
  }

/** Without the names of fields that hold nothing, as an answer over HTTP is. */
const told =
  (deed: Deed): Deed =>
  (page, pick) => {
    const request = deed(page, pick)
    return {
      ...request,
      happen: (world, now) => JSON.parse(JSON.stringify(request.happen(world, now))) as unknown,
    }
  }

export const VOTE_DEEDS = {
  vote: told(vote(false)),
  voteDone: told(vote(true)),
  count: (page, pick) => {
    const blockId = blockOn(page, pick)
    return chairs(
      'count',
      (api, params) => api.countVotes({ params: { ...params, blockId } }),
      (world, _page, _pick, now) => {
        live(world)
        const block = current(world, blockId)
        if (block.kind !== 'vote') throw new No('conflict')
        if (block.revealedAt !== null) return
        count(world, block, now)
        look(world, now)
      },
    )(page, pick)
  },
  voteAgain: (page, pick) => {
    const blockId = blockOn(page, pick)
    const seen = page.view.blocks.find(({ id }) => id === blockId)?.revealedAt
    const from = seen ?? '2020-01-01T00:00:00.000Z'
    return chairs(
      'vote again',
      (api, params) => api.voteAgain({ params: { ...params, blockId }, body: { from } }),
      (world, _page, _pick, now) => {
        live(world)
        const block = current(world, blockId)
        if (block.kind !== 'vote') throw new No('conflict')
        if (block.revealedAt === Date.parse(from)) voteAgain(world, block, now)
      },
    )(page, pick)
  },
} satisfies Record<string, Deed>
