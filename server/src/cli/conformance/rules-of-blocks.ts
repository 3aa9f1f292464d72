import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { ballotCalls } from '#shared/ballots.ts'
import { commitmentCalls } from '#shared/commitments.ts'
import { goRoundCalls } from '#shared/go-rounds.ts'
import { joinCalls } from '#shared/joining.ts'
import { leadCalls } from '#shared/leading.ts'
import { liveCalls } from '#shared/live.ts'
import { livePlanCalls } from '#shared/live-plan.ts'
import { topicCalls } from '#shared/topics.ts'
import type { Meeting, Scene } from './scene.ts'
import { blockAt, hold, promise, write, type Rule } from './trying.ts'
import { canary, type Visitor } from './visitor.ts'

/** Rules of single kinds of block, and of who runs a session. */
export const RULES_OF_BLOCKS: readonly Rule[] = [
  { number: 'L24', title: 'Without names', hold: withoutNames },
  { number: 'L25', title: 'Putting together', hold: puttingTogether },
  { number: 'L27', title: 'A secret vote', hold: aSecretVote },
  { number: 'L28', title: 'A vote of confidence', hold: aVoteOfConfidence },
  { number: 'L31', title: 'The go-round', hold: theGoRound },
  { number: 'L35', title: 'Changing the plan', hold: changingThePlan },
  { number: 'L39', title: 'One leads', hold: oneLeads },
  { number: 'L42', title: 'The code', hold: theCode },
  { number: 'L45', title: 'Witness', hold: theWitness },
]

/** No more than two write: what three wrote would be nobody's after the reveal, so nobody could take it along again. */
async function withoutNames({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'write', options: { anonymous: true } }])
  const { params, blockIds } = meeting
  const blockId = blockIds[0] ?? ''
  await meeting.goTo(0)
  const watching = await meeting.follow(ada)
  for (const [at, visitor] of [ben, cleo].entries()) {
    const body = canary()
    await write(visitor, meeting, { blockId, body })
    const block = blockAt(await watching.agrees(), 0)
    hold(block.writtenCount === at + 1, 'The room does not hear how many are done.')
    hold(block.written.length === 0, 'The room is told who wrote without a name.')
    await ada.refused(liveCalls.revealAnswers, { params: { ...params, blockId } }, 'conflict')
    hold(
      (await meeting.load(visitor)).mine.some((one) => one.body === body),
      'The writer does not find their own words.',
    )
    hold(!JSON.stringify(await meeting.load(ada)).includes(body), 'Somebody else is sent what was written.')
  }
  const told = JSON.stringify(watching.line.events)
  for (const { accountId } of [ada, ben, cleo])
    hold(!told.includes(accountId), 'A frame names somebody while people write without names.')
}

/** A block whose answers are revealed, by Ben and Cleo, and one after it. */
async function revealed({ ada, ben, cleo, open }: Scene, ...after: Parameters<Scene['open']>[0]) {
  const meeting = await open([{ kind: 'write' }, ...after])
  const { params, blockIds } = meeting
  const blockId = blockIds[0] ?? ''
  await meeting.goTo(0)
  for (const one of [ben, cleo]) await write(one, meeting, { blockId, body: canary() })
  await ada.ask(liveCalls.revealAnswers, { params: { ...params, blockId } })
  return { meeting, params, blockId, blockIds }
}

async function puttingTogether(scene: Scene): Promise<void> {
  const { ada, ben } = scene
  const { meeting, params, blockId } = await revealed(scene)
  const watching = await meeting.follow(ben)
  const ids = blockAt(await meeting.load(ada), 0).answers.map(({ id }) => id)
  const gather = (topicId: string, from: string | null) => ({
    params: { ...params, topicId },
    body: { blockId, title: '', answers: ids.map((id) => ({ id, from })) },
  })
  const [one, other] = [randomUUID(), randomUUID()]
  await ben.refused(topicCalls.gatherAnswers, gather(one, null), 'not-allowed')
  for (let time = 0; time < 2; time += 1) await ada.ask(topicCalls.gatherAnswers, gather(one, null))
  await ada.refused(topicCalls.gatherAnswers, gather(other, null), 'conflict')
  const { topics } = (await watching.agrees()).view
  hold(
    topics.length === 1 && isDeepStrictEqual(topics[0]?.answerIds.toSorted(), ids.toSorted()),
    'Two answers that were put together are not one topic.',
  )
}

const ballot = (blockId: string, revision: number, chosen: { topicId?: string; step?: number }) => ({
  ...{ blockId, revision, done: true, step: chosen.step ?? null },
  dots: chosen.topicId === undefined ? [] : [{ topicId: chosen.topicId, dots: 1 }],
})

/** What the others are sent while somebody votes. */
const sentTo = async (meeting: Meeting, others: readonly Visitor[]): Promise<string> =>
  JSON.stringify(await Promise.all(others.map(async (one) => ({ ...(await meeting.load(one)), notes: [] }))))

async function aSecretVote(scene: Scene): Promise<void> {
  const { ada, ben, cleo } = scene
  const { meeting, params, blockIds } = await revealed(scene, { kind: 'vote', options: { votes: 1 } })
  await meeting.goTo(1)
  const blockId = blockIds[1] ?? ''
  const watching = await meeting.follow(ada)
  const { topics } = (await meeting.load(ada)).view
  hold(topics.length === 2, 'Each answer that was put to nothing does not become a topic.')
  const [topicId] = topics.toReversed().map(({ id }) => id)
  const vote = (visitor: Visitor, revision: number) =>
    visitor.ask(ballotCalls.saveBallot, { params, body: ballot(blockId, revision, { topicId }) })
  await vote(ben, 1)
  await vote(ben, 1)
  const before = blockAt(await watching.agrees(), 1)
  hold(
    before.count === null && isDeepStrictEqual(before.written, [ben.accountId]),
    'Before the count the room hears something else than who is done.',
  )
  hold(!(await sentTo(meeting, [ada, cleo])).includes('"dots":['), 'Somebody is sent the dots of others.')
  hold(!JSON.stringify(watching.line.events).includes('"dots"'), 'Dots are in a frame before the count.')
  await vote(cleo, 1)
  const { count } = blockAt(await watching.agrees(), 1)
  hold(count !== null, 'The vote does not end when everybody with a screen is done.')
  hold(
    count?.voters === 2 && isDeepStrictEqual(count.dots[0], { topicId, dots: 2 }),
    'The sums are not what was given.',
  )
  const { ballots } = await meeting.load(ben)
  hold(
    ballots.every(({ dots }) => dots.length === 0),
    'What somebody chose is kept after the count.',
  )
  const late = { params, body: ballot(blockId, 2, { topicId }) }
  await ben.refused(ballotCalls.saveBallot, late, 'conflict')
}

async function aVoteOfConfidence({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'vote', options: { confidence: true } }])
  const { params, blockIds } = meeting
  await meeting.goTo(0)
  const blockId = blockIds[0] ?? ''
  const watching = await meeting.follow(ada)
  for (const one of [ben, cleo])
    await one.ask(ballotCalls.saveBallot, { params, body: ballot(blockId, 1, { step: 2 }) })
  const { count, revealedAt } = blockAt(await watching.agrees(), 0)
  hold(count?.voters === 2, 'Who voted is not counted.')
  hold(count?.spread === null, 'With two votes the spread tells who gave what, and it was told.')
  const again = { params: { ...params, blockId }, body: { from: revealedAt ?? '' } }
  for (let time = 0; time < 2; time += 1) await ada.ask(ballotCalls.voteAgain, again)
  for (const one of [ada, ben, cleo])
    await one.ask(ballotCalls.saveBallot, { params, body: ballot(blockId, 2, { step: 5 }) })
  // Whoever leads is not waited for, so the third vote may come after the count.
  const { count: after } = blockAt(await watching.agrees(), 0)
  hold(isDeepStrictEqual(after?.spread, [0, 0, 0, 0, 3]), 'Three votes do not show how they spread.')
}

async function theGoRound({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'check-in', options: { goRound: true } }])
  const { params, blockIds } = meeting
  await meeting.goTo(0)
  const watching = await meeting.follow(cleo)
  const here = { ...params, blockId: blockIds[0] ?? '' }
  const now = async () => (await watching.agrees()).view
  const seats = async () => blockAt({ ...(await meeting.load(ada)) }, 0).goRound?.seats ?? []
  hold(
    [ada, ben, cleo].every((one) => one.accountId !== '') &&
      isDeepStrictEqual(
        (await seats()).map(({ accountId }) => accountId).toSorted(),
        [ada, ben, cleo].map(({ accountId }) => accountId).toSorted(),
      ),
    'Not everybody who is there has a place in the go-round.',
  )
  const next = (from: string | null) => ada.ask(goRoundCalls.nextSpeaker, { params: here, body: { from } })
  await next(null)
  await next(null)
  const first = (await now()).speaking
  hold(first?.accountId === (await seats())[0]?.accountId, 'A double click skips somebody.')
  await next(first?.turnId ?? null)
  const second = (await now()).speaking
  hold(
    second !== null && second.accountId !== first?.accountId,
    'After the first one nobody else has a turn.',
  )
  await ada.ask(goRoundCalls.previousSpeaker, { params: here, body: { from: second?.turnId ?? null } })
  hold((await now()).speaking?.turnId === first?.turnId, 'Going back is not the turn that was on before.')
  const last = (await seats()).at(-1)?.accountId ?? ''
  const passes = [ada, ben, cleo].find(({ accountId }) => accountId === last) ?? ada
  await passes.ask(goRoundCalls.passTurn, { params: here, body: { accountId: last } })
  hold(
    (await seats()).some(({ accountId, aside }) => accountId === last && aside === 'passed'),
    'Nobody can pass.',
  )
  await passes.ask(goRoundCalls.rejoinGoRound, { params: here, body: { accountId: last } })
  const back = (await seats()).at(-1)
  hold(back?.accountId === last && back.aside === null, 'Whoever passed and comes back is not at the end.')
  await now()
}

async function changingThePlan({ ada, ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss', minutes: 5 }, { kind: 'write' }, { kind: 'close' }])
  const { params, blockIds } = meeting
  const [first = '', second = '', third = ''] = blockIds
  await meeting.goTo(0)
  const watching = await meeting.follow(ben)
  const added = randomUUID()
  const insert = {
    params: { ...params, blockId: added },
    body: {
      ...{
        kind: 'break' as const,
        title: 'Air',
        minutes: 2,
        prompt: '',
        notes: '',
        options: {},
        after: null,
      },
    },
  }
  await ben.refused(livePlanCalls.insertBlock, insert, 'not-allowed')
  for (let time = 0; time < 2; time += 1) await ada.ask(livePlanCalls.insertBlock, insert)
  const plan = async () => (await watching.agrees()).view.blocks.map(({ id }) => id)
  hold(
    isDeepStrictEqual(await plan(), [first, added, second, third]),
    'A block that was put in twice is not there once, after the one that is on.',
  )
  const stretch = {
    params: { ...params, blockId: first },
    body: { id: randomUUID(), minutes: { from: 5, to: 9 } },
  }
  for (let time = 0; time < 2; time += 1) await ada.ask(livePlanCalls.changeBlock, stretch)
  const { view } = await watching.agrees()
  const runs = (Date.parse(view.timer.endsAt ?? '') - Date.parse(view.blocks[0]?.startedAt ?? '')) / 60_000
  hold(
    view.blocks[0]?.minutes === 9 && Math.round(runs) === 9,
    'The timer does not go along with the minutes.',
  )
  const other = { ...stretch, body: { id: randomUUID(), minutes: { from: 5, to: 3 } } }
  await ada.refused(livePlanCalls.changeBlock, other, 'conflict')
  const move = { id: randomUUID(), from: null, to: third }
  await ada.ask(livePlanCalls.moveBlock, { params: { ...params, blockId: first }, body: move }).then(
    () => hold(false, 'The block that is on now was moved.'),
    () => undefined,
  )
  const skip = { id: randomUUID(), skipped: true }
  await ada.ask(livePlanCalls.skipBlock, { params: { ...params, blockId: added }, body: skip })
  await ada.ask(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: first } })
  hold((await watching.agrees()).view.currentBlockId === second, 'The room does not go past a skipped block.')
}

async function oneLeads({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }, { kind: 'close' }])
  const { params } = meeting
  await meeting.goTo(0)
  const watching = await meeting.follow(cleo)
  const pause = () => ({ params, body: { id: randomUUID() } })
  hold(
    (await meeting.load(ben)).view.lead.leaderId === ada.accountId,
    'Whoever opens the room does not lead.',
  )
  await ada.ask(leadCalls.nameCoFacilitators, { params, body: { accountIds: [ben.accountId] } })
  await ben.ask(liveCalls.pauseTimer, pause())
  await ada.ask(leadCalls.lockTable, { params, body: { locked: true } })
  await ben.refused(liveCalls.resumeTimer, pause(), 'not-allowed')
  await ada.ask(leadCalls.handLead, { params, body: { to: ben.accountId } })
  hold((await watching.agrees()).view.lead.leaderId === ben.accountId, 'The room does not hear who leads.')
  await ben.ask(liveCalls.resumeTimer, pause())
  await cleo.refused(liveCalls.pauseTimer, pause(), 'not-allowed')
  await watching.agrees()
}

async function theCode({ ada, ben, zoe, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }])
  const { params } = meeting
  const door = (guests: boolean) => ada.ask(joinCalls.setDoor, { params, body: { guests, shown: true } })
  await door(false)
  const code = (await meeting.load(ben)).view.door.code ?? ''
  hold(/^[A-Z]{6}$/.test(code), 'The code is not six letters.')
  const way = { query: { code } }
  hold((await ben.ask(joinCalls.findByCode, way)).seat, 'The code does not lead a member to their seat.')
  const closed = await zoe.refused(joinCalls.findByCode, way, 'not-found')
  const made = await zoe.refused(joinCalls.findByCode, { query: { code: 'BBBBBB' } }, 'not-found')
  hold(closed.message === made.message, 'A code that is not for the asker is answered otherwise than none.')
  await door(true)
  const watching = await meeting.follow(ada)
  await zoe.ask(joinCalls.joinAsGuest, { body: { code, name: '' } })
  await zoe.ask(liveCalls.enterRoom, { params })
  const there = async () =>
    (await watching.agrees()).view.people.find(({ accountId }) => accountId === zoe.accountId)
  hold((await there())?.guest === true, 'Whoever came with the code is not there as a guest.')
  await ada.ask(joinCalls.sendGuestOut, { params: { ...params, accountId: zoe.accountId } })
  await zoe.refused(liveCalls.getRoom, { params }, 'not-found')
  hold((await meeting.load(ben)).view.door.code !== code, 'After a guest was sent out the code is the same.')
}

async function theWitness({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'commit' }])
  const { params } = meeting
  const watching = await meeting.follow(ada)
  const [kept, refused] = [promise(), promise()]
  for (const one of [kept, refused])
    await ben.ask(liveCalls.makeCommitment, { params, body: { ...one, witnessId: cleo.accountId } })
  const witnessOf = async (id: string) =>
    (await watching.agrees()).view.commitments.find((one) => one.id === id)?.witness
  hold((await witnessOf(kept.id)) === null, 'Who was asked is told before they said yes.')
  const answer = (id: string, said: 'accept' | 'decline') =>
    cleo.ask(commitmentCalls.answerWitness, { params: { id }, body: { answer: said } })
  await answer(kept.id, 'accept')
  hold((await witnessOf(kept.id))?.accountId === cleo.accountId, 'A yes is not read by the room.')
  const before = watching.line.events.length
  await answer(refused.id, 'decline')
  hold((await witnessOf(refused.id)) === null, 'A no is told.')
  hold(watching.line.events.length === before, 'The room hears of a no.')
}
