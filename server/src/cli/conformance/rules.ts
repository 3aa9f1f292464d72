import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { commitmentCalls } from '#shared/commitments.ts'
import { groupCalls } from '#shared/group-calls.ts'
import { liveCalls } from '#shared/live.ts'
import { sessionCalls } from '#shared/sessions.ts'
import { RULES_OF_BLOCKS } from './rules-of-blocks.ts'
import type { Scene } from './scene.ts'
import { blockAt, hold, promise, write, type Rule } from './trying.ts'
import { Broken, canary, type Visitor } from './visitor.ts'

/** What only shows in a browser, or only over days. */
export const NOT_SEEN_FROM_OUTSIDE =
  'L13 to L15, L20 to L23, L26, L29, L30, L32 to L34, L36 to L38, L40, L41, L43 and all above but L45, and what screens look like: these are held by the tests of the project.'

export const RULES: readonly Rule[] = [
  { number: 'L1', title: 'One state', hold: oneState },
  { number: 'L2', title: 'Moving', hold: moving },
  { number: 'L3', title: 'Time', hold: time },
  { number: 'L4', title: 'Written alone', hold: writtenAlone },
  { number: 'L5', title: 'Later wins', hold: laterWins },
  { number: 'L6', title: 'Sentences', hold: sentences },
  { number: 'L7', title: 'Coming back', hold: comingBack },
  { number: 'L8', title: 'The queue', hold: theQueue },
  { number: 'L9', title: 'Permission', hold: permission },
  { number: 'L11', title: 'Before and after', hold: beforeAndAfter },
  { number: 'L12', title: 'Taken back', hold: takenBack },
  { number: 'L16', title: 'What stays hidden', hold: staysHidden },
  { number: 'L17', title: 'Who is there', hold: whoIsThere },
  { number: 'L18', title: 'Last time', hold: lastTime },
  { number: 'L19', title: 'Who works with whom', hold: whoWorksWithWhom },
  ...RULES_OF_BLOCKS,
  // The last one: somebody is removed, and somebody signs out.
  { number: 'L10', title: 'Leaving', hold: leaving },
]

async function oneState({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'check-in' }, { kind: 'write' }, { kind: 'discuss' }])
  const { params } = meeting
  const watching = [await meeting.follow(ada), await meeting.follow(ben), await meeting.follow(cleo)]
  const happened = async (verb: () => Promise<unknown>, types: string[], what: string) => {
    const before = watching[0]?.line.events.length ?? 0
    await verb()
    await verb()
    for (const one of watching) await one.agrees()
    const heard = watching[0]?.line.events.slice(before).map(({ type }) => type) ?? []
    hold(
      isDeepStrictEqual(heard, types),
      `${what}, sent twice: the room heard ${heard.join(', ') || 'nothing'}.`,
    )
  }
  const hand = { turnId: randomUUID() }
  const made = promise()
  const from = blockAt(await meeting.load(ada), 0).id
  await happened(() => ben.ask(liveCalls.enterRoom, { params }), [], 'Coming in again')
  await happened(
    () => ada.ask(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: null } }),
    ['block-started'],
    'Next',
  )
  await happened(
    () => ada.ask(liveCalls.nextBlock, { params, body: { id: randomUUID(), from } }),
    ['block-started'],
    'Next',
  )
  const answer = { blockId: meeting.blockIds[1] ?? '', id: randomUUID(), body: canary() }
  await happened(() => write(ben, meeting, answer), ['answer-written'], 'An answer')
  await happened(() => ben.ask(liveCalls.raiseHand, { params, body: hand }), ['hand-raised'], 'A hand')
  await happened(
    () => ada.ask(liveCalls.giveTurn, { params: { ...params, turnId: hand.turnId } }),
    ['turn-given'],
    'The floor',
  )
  await happened(
    () => cleo.ask(liveCalls.makeCommitment, { params, body: made }),
    ['commitment-made'],
    'A promise',
  )
  const [first, ...others] = watching.map(({ line }) => line.events)
  for (const other of others) hold(isDeepStrictEqual(other, first), 'Two followers heard different events.')
}

async function moving({ ada, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'check-in', minutes: 5 }, { kind: 'discuss' }, { kind: 'close' }])
  const { params, blockIds } = meeting
  const next = (from: string | null) =>
    ada.ask(liveCalls.nextBlock, { params, body: { id: randomUUID(), from } })
  await Promise.all([next(null), next(null)])
  hold((await meeting.load(ada)).view.currentBlockId === blockIds[0], 'A double click skipped a block.')
  await next(blockIds[0] ?? null)
  await next(blockIds[0] ?? null)
  hold((await meeting.load(ada)).view.currentBlockId === blockIds[1], 'A late click skipped a block.')
  await ada.ask(liveCalls.previousBlock, { params, body: { id: randomUUID(), from: blockIds[1] ?? null } })
  const { view } = await meeting.load(ada)
  const left = (Date.parse(view.timer.endsAt ?? '') - Date.now()) / 1000
  hold(view.currentBlockId === blockIds[0], 'Going back went elsewhere.')
  hold(left > 60 && left < 305, `A block that was gone back to has ${String(Math.round(left))} s of its 300.`)
}

async function time({ ada, ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss', minutes: 5 }])
  const { params } = meeting
  await meeting.goTo(0)
  const { line } = await meeting.follow(ben)
  line.say({ type: 'clock', sent: 4711 })
  const clock = await line.until(({ type }) => type === 'clock', 'the answer to “what time is it?”')
  hold(clock.type === 'clock' && clock.sent === 4711, 'The clock answered another question.')
  const ahead = clock.type === 'clock' ? clock.now - Date.now() : 0
  const timer = async () => (await meeting.load(ben)).view.timer
  const runs = Date.parse((await timer()).endsAt ?? '') - Date.now() - ahead
  hold(Math.abs(runs - 300_000) < 20_000, 'The timer did not start with its block.')
  await ada.ask(liveCalls.pauseTimer, { params, body: { id: randomUUID() } })
  const { left } = await timer()
  await pause(1_100)
  hold(left !== null && (await timer()).left === left, 'A paused timer does not stand still.')
  const more = { id: randomUUID(), minutes: 2 }
  for (let time = 0; time < 2; time += 1) await ada.ask(liveCalls.extendTimer, { params, body: more })
  hold(
    (await timer()).left === (left ?? 0) + 120,
    'Two more minutes, asked for twice with one id, are not two minutes.',
  )
  await ada.ask(liveCalls.resumeTimer, { params, body: { id: randomUUID() } })
  const resumed = Date.parse((await timer()).endsAt ?? '') - Date.now() - ahead
  hold(Math.abs(resumed / 1000 - (left ?? 0) - 120) < 20, 'The timer does not run on from where it stood.')
}

async function writtenAlone({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'write' }, { kind: 'close' }])
  const { params, sessionId, blockIds } = meeting
  await meeting.goTo(0)
  const watching = [await meeting.follow(ada), await meeting.follow(cleo), await meeting.follow(ben)]
  const secret = canary()
  const blockId = blockIds[0] ?? ''
  await write(ben, meeting, { blockId, body: canary(), done: false })
  await write(ben, meeting, { blockId, body: secret, revision: 2 })
  for (const one of watching) await one.agrees()
  const mark = /conformance-[0-9a-f-]{36}/
  for (const { line } of watching)
    for (const frame of line.frames)
      hold(!mark.test(JSON.stringify(frame)), 'An answer is in a frame before the reveal.')
  for (const other of [ada, cleo]) {
    const answers = [await meeting.load(other), await other.ask(sessionCalls.getSession, { params })]
    hold(!mark.test(JSON.stringify(answers)), 'Somebody else is sent an answer before the reveal.')
  }
  hold(
    (await meeting.load(ben)).mine.some(({ body }) => body === secret),
    'The writer does not find their own answer.',
  )
  hold(
    isDeepStrictEqual(blockAt(await meeting.load(cleo), 0).written, [ben.accountId]),
    'The room does not hear who is done.',
  )

  await ada.ask(liveCalls.revealAnswers, { params: { sessionId, blockId } })
  for (const one of watching)
    hold(
      blockAt(await one.agrees(), 0).answers.some(({ body }) => body === secret),
      'The reveal does not show what was written.',
    )
  await ben.refused(
    liveCalls.writeAnswer,
    { params, body: { id: randomUUID(), blockId, body: 'Too late.', revision: 3, done: true } },
    'conflict',
  )
}

async function laterWins({ ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'write' }])
  await meeting.goTo(0)
  const draft = { id: randomUUID(), blockId: meeting.blockIds[0] ?? '', done: false }
  await write(ben, meeting, { ...draft, body: 'First.' })
  await write(ben, meeting, { ...draft, body: 'First, and second.', revision: 2 })
  const kept = await write(ben, meeting, { ...draft, body: 'First.' })
  hold(kept.revision === 2 && kept.body === 'First, and second.', 'A late retry is not told what is kept.')
  const [mine] = (await meeting.load(ben)).mine
  hold(mine?.body === 'First, and second.', 'A late retry of an older text overwrote a later one.')
}

async function sentences({ ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'check-in' }, { kind: 'write' }])
  const { params, blockIds } = meeting
  await meeting.goTo(0)
  const refused = async (blockId: string, body: string, code: string) => {
    const draft = { id: randomUUID(), blockId, body, revision: 1, done: true }
    const { message } = await ben.refused(liveCalls.writeAnswer, { params, body: draft }, code)
    hold(/^[A-Z“].{10,}[.]$/s.test(message), `“${message}” is no sentence.`)
  }
  await refused(blockIds[0] ?? '', 'Hello', 'conflict')
  await refused(blockIds[1] ?? '', 'Hello', 'conflict')
  await refused(randomUUID(), 'Hello', 'not-found')
  await meeting.goTo(1)
  await refused(blockIds[1] ?? '', ' ', 'invalid')
  await refused(blockIds[1] ?? '', 'x'.repeat(4_001), 'invalid')
}

async function comingBack({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }, { kind: 'close' }])
  const { params, sessionId } = meeting
  const { position } = await meeting.load(ben)
  const steady = await meeting.follow(cleo)
  await meeting.goTo(0)
  await ben.ask(liveCalls.raiseHand, { params, body: { turnId: randomUUID() } })
  await ada.ask(liveCalls.extendTimer, { params, body: { id: randomUUID(), minutes: 1 } })
  const { position: now } = await steady.agrees()
  const back = await ben.follow(sessionId, position)
  await back.reach(now.number)
  hold(back.gap === undefined, back.gap ?? '')
  hold(
    isDeepStrictEqual(back.events, steady.line.events),
    'Whoever came back heard something else than who stayed.',
  )
  const half = await ben.follow(sessionId, { ...position, number: now.number - 1 })
  await half.reach(now.number)
  hold(
    isDeepStrictEqual(half.numbers, [now.number]),
    'Whoever says what they heard does not hear exactly the rest.',
  )
  const other = await ben.follow(sessionId, { number: position.number, epoch: randomUUID() })
  await other.until(({ type }) => type === 'reset', 'the word that numbers mean nothing')
  const ahead = await ben.follow(sessionId, { ...now, number: now.number + 1_000 })
  await ahead.until(({ type }) => type === 'reset', 'the word that numbers mean nothing')
}

async function theQueue({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }])
  const { params } = meeting
  await meeting.goTo(0)
  const [bens, cleos] = [randomUUID(), randomUUID()]
  await ben.ask(liveCalls.raiseHand, { params, body: { turnId: bens } })
  await ben.ask(liveCalls.raiseHand, { params, body: { turnId: randomUUID() } })
  await cleo.ask(liveCalls.raiseHand, { params, body: { turnId: cleos } })
  const queue = async () => (await meeting.load(ada)).view.queue.map(({ turnId }) => turnId)
  hold(
    isDeepStrictEqual(await queue(), [bens, cleos]),
    'Two hands of one person, or not in the order of asking.',
  )
  await ben.refused(liveCalls.lowerHand, { params: { ...params, turnId: cleos } }, 'not-allowed')
  await ada.ask(liveCalls.lowerAllHands, { params, body: { turnIds: [bens] } })
  hold(isDeepStrictEqual(await queue(), [cleos]), 'A hand that went up meanwhile did not stay up.')
  await ada.ask(liveCalls.giveTurn, { params: { ...params, turnId: cleos } })
  const { view } = await meeting.load(ada)
  hold(view.speaking?.accountId === cleo.accountId, 'Whoever was given the floor does not have it.')
  hold(
    view.people.find(({ accountId }) => accountId === cleo.accountId)?.spoken === 1,
    'A turn is not counted.',
  )
}

async function permission({ ada, ben, zoe, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'write' }, { kind: 'close' }])
  const { params, sessionId, blockIds } = meeting
  await meeting.goTo(0)
  const blockId = blockIds[0] ?? ''
  const body = { id: randomUUID(), blockId, body: 'x', revision: 1, done: true }
  await zoe.refused(liveCalls.getRoom, { params }, 'not-found')
  await zoe.refused(liveCalls.enterRoom, { params }, 'not-found')
  await zoe.refused(liveCalls.writeAnswer, { params, body }, 'not-found')
  await zoe.refused(liveCalls.raiseHand, { params, body: { turnId: randomUUID() } }, 'not-found')
  await zoe.refused(liveCalls.makeCommitment, { params, body: promise() }, 'not-found')
  await zoe.refused(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: blockId } }, 'not-found')
  await zoe.refused(liveCalls.revealAnswers, { params: { sessionId, blockId } }, 'not-found')
  await zoe.refused(liveCalls.closeSession, { params }, 'not-found')
  const { position } = await meeting.load(ben)
  let heard = true
  await zoe.follow(sessionId, position).catch((problem: unknown) => {
    if (!(problem instanceof Broken)) throw problem
    heard = false
  })
  hold(!heard, 'A stranger can follow the room.')
  await ben.refused(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: blockId } }, 'not-allowed')
  await ben.refused(liveCalls.pauseTimer, { params, body: { id: randomUUID() } }, 'not-allowed')
  await ben.refused(liveCalls.revealAnswers, { params: { sessionId, blockId } }, 'not-allowed')
  await ben.refused(liveCalls.closeSession, { params }, 'not-allowed')
  hold(
    JSON.stringify(await meeting.load(ada)).includes('Only for whoever runs it.'),
    'The notes are missing.',
  )
  hold(
    !JSON.stringify(await meeting.load(ben)).includes('Only for whoever'),
    'A member is sent the facilitator’s notes.',
  )
}

async function beforeAndAfter({ ada, ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }], { opened: false })
  const { params } = meeting
  const hand = () => ({ params, body: { turnId: randomUUID() } })
  await ben.refused(liveCalls.raiseHand, hand(), 'conflict')
  await ada.refused(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: null } }, 'conflict')
  await ada.ask(liveCalls.openRoom, { params })
  await ada.refused(liveCalls.pauseTimer, { params, body: { id: randomUUID() } }, 'conflict')
  await meeting.goTo(0)
  await ben.ask(liveCalls.raiseHand, hand())
  await meeting.close()
  await ben.refused(liveCalls.raiseHand, hand(), 'conflict')
  await ben.refused(liveCalls.makeCommitment, { params, body: promise() }, 'conflict')
  await ada.refused(liveCalls.openRoom, { params }, 'conflict')
  const { view } = await meeting.load(ben)
  hold(
    view.queue.length === 0 && view.currentBlockId === null,
    'Something goes on after the session was closed.',
  )
}

async function takenBack({ ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'commit' }])
  const { params, sessionId } = meeting
  const { position } = await meeting.load(cleo)
  const made = promise()
  await ben.ask(liveCalls.makeCommitment, { params, body: made })
  await cleo.refused(
    liveCalls.changeCommitment,
    { params: { ...params, commitmentId: made.id }, body: { cue: 'a', action: 'b', due: null } },
    'not-found',
  )
  await ben.ask(liveCalls.withdrawCommitment, { params: { ...params, commitmentId: made.id } })
  // The making of it comes once more, late.
  await ben.ask(liveCalls.makeCommitment, { params, body: made })
  const fresh = await meeting.load(cleo)
  const late = await cleo.follow(sessionId, position)
  await late.reach(fresh.position.number)
  hold(
    !JSON.stringify([late.frames, fresh]).includes(made.action),
    'Words that were taken back are still sent.',
  )
}

async function staysHidden({ ada, ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'write', options: { stayHidden: true } }])
  const { params, sessionId, blockIds } = meeting
  await meeting.goTo(0)
  const blockId = blockIds[0] ?? ''
  const secret = canary()
  await write(ben, meeting, { blockId, body: secret })
  await ada.refused(liveCalls.revealAnswers, { params: { sessionId, blockId } }, 'conflict')
  await meeting.close()
  const stays = (visitor: Visitor) => visitor.ask(sessionCalls.listWhatStays, { params })
  hold(
    (await stays(ben)).some(({ body }) => body === secret),
    'Its writer does not find it again.',
  )
  const others = [await stays(ada), await stays(cleo), await meeting.load(ada), await meeting.load(cleo)]
  hold(!JSON.stringify(others).includes(secret), 'Somebody else is sent what stays hidden.')
}

async function whoIsThere({ ada, ben, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }])
  const watching = await meeting.follow(ben)
  const there = async () =>
    (await watching.agrees()).view.people.some(({ accountId }) => accountId === ben.accountId)
  const set = (present: boolean) =>
    ada.ask(sessionCalls.setAttendance, {
      params: { ...meeting.params, accountId: ben.accountId },
      body: { present },
    })
  await set(false)
  hold(!(await there()), 'Somebody who was counted out is still there.')
  await set(true)
  hold(await there(), 'Somebody who was counted in is not there.')
}

async function lastTime({ ada, ben, cleo, zoe, open }: Scene): Promise<void> {
  const before = await open([{ kind: 'commit' }])
  const made = promise()
  await ben.ask(liveCalls.makeCommitment, { params: before.params, body: made })
  await before.close()
  const meeting = await open([{ kind: 'check-in', options: { lastTime: true } }])
  const { params } = meeting
  await meeting.goTo(0)
  const watching = await meeting.follow(cleo)
  const earlier = await cleo.ask(liveCalls.listEarlierCommitments, { params })
  hold(
    earlier.some(({ id, action }) => id === made.id && action === made.action),
    'What is open from last time is missing.',
  )
  await ben.ask(commitmentCalls.closeCommitment, {
    params: { id: made.id },
    body: { status: 'partly', reflection: 'Once.' },
  })
  await watching.agrees()
  const news = watching.line.events.find(({ type }) => type === 'promise-answered')
  hold(news?.commitmentId === made.id, 'The room does not hear that it was answered.')
  hold(
    !JSON.stringify(watching.line.frames).includes(made.action),
    'The words are in a frame; only an id belongs there.',
  )
  await zoe.refused(liveCalls.listEarlierCommitments, { params }, 'not-found')
  hold(
    (await ada.ask(liveCalls.listEarlierCommitments, { params })).length > 0,
    'An answered one is gone at once.',
  )
}

async function whoWorksWithWhom({ ben, cleo, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'pairs', options: { groupsOf: 2 } }, { kind: 'close' }])
  const watching = await meeting.follow(ben)
  await meeting.goTo(0)
  const { pods } = blockAt(await watching.agrees(), 0)
  const people = pods.filter(({ round }) => round === 0).flatMap((pod) => pod.people)
  for (const { accountId } of [ben, cleo])
    hold(
      people.filter((one) => one === accountId).length === 1,
      'Somebody who is there is not in exactly one pair.',
    )
}

/** Longer than the second that is promised: the request and the line take their time too. */
const SOON = 3_000

async function leaving({ ada, ben, cleo, slug, open }: Scene): Promise<void> {
  const meeting = await open([{ kind: 'discuss' }])
  const { params } = meeting
  const [bens, cleos] = [await meeting.follow(ben), await meeting.follow(cleo)]
  const began = Date.now()
  await ada.ask(groupCalls.removeMember, {
    params: { slug, accountId: ben.accountId },
    body: { reason: 'The conformance script tries what happens then.' },
  })
  await bens.line.untilClosed(4003, 'Somebody was removed')
  hold(Date.now() - began < SOON, 'The socket of somebody who was removed stayed open for seconds.')
  await ben.refused(liveCalls.getRoom, { params }, 'not-found')
  await ben.refused(liveCalls.raiseHand, { params, body: { turnId: randomUUID() } }, 'not-found')
  await ada.ask(liveCalls.nextBlock, { params, body: { id: randomUUID(), from: null } })
  await cleos.agrees()
  hold(
    !bens.line.events.some(({ type }) => type === 'block-started'),
    'Somebody who was removed heard what came later.',
  )
  hold(cleos.line.closed === undefined, 'Somebody who stays was closed out.')
}
