import type { LiveBlock, LiveEvent, LivePerson, SessionView } from '../live.ts'
import { applyBallotEvent } from './ballot.ts'
import { withCompanions, withoutPhone } from './companions.ts'
import { withoutAnswerOf } from './discussion.ts'
import { applySpokenEvent, withoutSeat } from './go-round.ts'
import { NO_DOOR, NO_LEAD, withoutLeader } from './lead.ts'
import { NO_PLENARY } from './plenary.ts'
import { byPlace } from './pods.ts'
import { withoutAnswers } from './topics.ts'

/**
 * What an event means for the view. Pure, and the only place that says so: the browser folds with it, and the tests
 * prove that an old view plus its events is the newly loaded view. An event about something that is gone changes nothing.
 */
export function applyLiveEvent(view: SessionView, event: LiveEvent): SessionView {
  switch (event.type) {
    case 'room-opened':
      return {
        ...view,
        session: { ...view.session, status: 'live', openedAt: event.at },
        lead: event.lead,
        door: event.door,
      }
    case 'room-shut':
      return withoutRoom(view, event.staying)
    case 'entered':
      return { ...view, people: withPerson(view.people, event.person) }
    case 'role-changed':
      return { ...view, people: view.people.map((person) => withRole(person, event)) }
    case 'counted-out':
      return { ...view, people: withoutPhone(view.people, event.accountId) }
    case 'companions-changed':
      return { ...view, people: withCompanions(view.people, event) }
    case 'block-started':
      return {
        ...changeBlock(endCurrent(view, event.at), event.blockId, (block) => ({
          startedAt: block.startedAt ?? event.at,
          endedAt: null,
          skipped: false,
        })),
        currentBlockId: event.blockId,
        timer: event.timer,
        speaking: null,
      }
    case 'timer-changed':
      return { ...view, timer: event.timer }
    case 'answer-written':
      return changeBlock(view, event.blockId, ({ written }) => ({
        written: [...new Set([...written, event.accountId])].sort(),
      }))
    case 'answer-unwritten':
      return changeBlock(view, event.blockId, ({ written }) => ({
        written: written.filter((id) => id !== event.accountId),
      }))
    case 'answers-counted':
      return changeBlock(view, event.blockId, () => ({ writtenCount: event.count }))
    case 'answers-revealed':
      return changeBlock(view, event.blockId, () => ({
        revealedAt: event.at,
        answers: event.answers,
        writtenCount: 0,
      }))
    case 'pods-changed': {
      const over = new Set([...event.gone, ...event.pods.map(({ id }) => id)])
      return changeBlock(view, event.blockId, ({ pods }) => ({
        pods: [...pods.filter(({ id }) => !over.has(id)), ...event.pods].sort(byPlace),
      }))
    }
    case 'plenary-changed':
      return changeBlock(view, event.blockId, () => ({ plenary: event.plenary }))
    case 'turns-paced':
      return changeBlock(view, event.blockId, () => ({ pace: event.pace }))
    // Who meets where is fetched by those who meet.
    case 'pods-linked':
      return view
    case 'hand-raised':
      return { ...view, queue: [...view.queue, event.hand].sort(byAsking) }
    case 'hands-lowered':
      return { ...view, queue: view.queue.filter(({ turnId }) => !event.turnIds.includes(turnId)) }
    case 'turn-given':
      return {
        ...view,
        queue: view.queue.filter(({ turnId }) => turnId !== event.turnId),
        speaking: { turnId: event.turnId, accountId: event.accountId, beganAt: event.at },
        people: view.people.map((person) =>
          person.accountId === event.accountId ? { ...person, spoken: person.spoken + 1 } : person,
        ),
      }
    case 'turn-ended':
      return view.speaking?.turnId === event.turnId ? { ...view, speaking: null } : view
    case 'commitment-made':
    case 'commitment-changed': {
      const others = view.commitments.filter(({ id }) => id !== event.commitmentId)
      const all = event.commitment ? [...others, event.commitment] : others
      return { ...view, commitments: all.sort(byMaking) }
    }
    case 'commitment-withdrawn':
      return { ...view, commitments: view.commitments.filter(({ id }) => id !== event.commitmentId) }
    case 'topics-changed': {
      const over = new Set([...event.gone, ...event.topics.map(({ id }) => id)])
      const others = view.topics.filter(({ id }) => !over.has(id))
      return { ...view, topics: [...others, ...event.topics].sort(byPosition) }
    }
    case 'answer-taken-out':
      return {
        ...changeBlock(view, event.blockId, ({ answers }) => ({
          answers: answers.filter(({ id }) => id !== event.answerId),
        })),
        topics: withoutAnswers(view.topics, new Set([event.answerId]), view),
      }
    case 'vote-done':
    case 'votes-counted':
    case 'voting-reopened':
    case 'discussion-changed':
      return changeBlock(view, event.blockId, (block) => applyBallotEvent(block, event))
    case 'go-round-changed':
    case 'demonstration-changed':
    case 'playing-changed':
      return changeBlock(view, event.blockId, (block) => applySpokenEvent(block, event))
    case 'turn-taken-back':
      return {
        ...view,
        speaking: view.speaking?.turnId === event.turnId ? null : view.speaking,
        people: view.people.map((person) =>
          person.accountId === event.accountId ? { ...person, spoken: person.spoken - 1 } : person,
        ),
      }
    case 'turn-resumed': {
      const { turnId, accountId, at } = event
      return { ...view, speaking: { turnId, accountId, beganAt: at } }
    }
    case 'lead-changed':
      return { ...view, lead: event.lead }
    case 'door-changed':
      return { ...view, door: event.door }
    // What is asked of last time is fetched, and so is who is asked to be a witness: the view stays as it is.
    case 'promise-answered':
    case 'witness-asked':
      return view
    case 'plan-changed':
      return {
        ...view,
        session: event.session,
        blocks: event.blocks.map((block) => ({
          ...(view.blocks.find(({ id }) => id === block.id) ?? UNTOUCHED),
          ...block,
        })),
      }
    case 'account-deleted':
      return withoutPerson(view, event.accountId)
    case 'session-closed':
      return {
        ...endCurrent(view, event.at),
        session: { ...view.session, status: 'wrapped-up', wrappedUpAt: event.at },
        currentBlockId: null,
        timer: { endsAt: null, left: null },
        queue: [],
        speaking: null,
        door: NO_DOOR,
      }
  }
}

/** A block in which nothing has happened yet. */
export const UNTOUCHED = {
  startedAt: null,
  endedAt: null,
  revealedAt: null,
  written: [],
  writtenCount: 0,
  answers: [],
  pods: [],
  pace: null,
  count: null,
  discussion: null,
  goRound: null,
  demonstration: null,
  playing: null,
  plenary: NO_PLENARY,
}

function changeBlock(
  view: SessionView,
  blockId: string,
  change: (block: LiveBlock) => Partial<LiveBlock>,
): SessionView {
  return {
    ...view,
    blocks: view.blocks.map((block) => (block.id === blockId ? { ...block, ...change(block) } : block)),
  }
}

const endCurrent = (view: SessionView, at: string): SessionView =>
  view.currentBlockId === null ? view : changeBlock(view, view.currentBlockId, () => ({ endedAt: at }))

/** As before it was opened; what was said about coming, and what people promised, stays. */
const withoutRoom = (view: SessionView, staying: readonly string[]): SessionView => ({
  ...view,
  session: { ...view.session, status: 'scheduled', openedAt: null },
  people: view.people
    .filter(({ accountId }) => staying.includes(accountId))
    .map(({ alsoHere: _also, cameWith: _with, ...person }) => ({ ...person, screen: false })),
  queue: [],
  speaking: null,
  lead: { ...NO_LEAD, coFacilitators: view.lead.coFacilitators },
})

function withPerson(people: LivePerson[], person: LivePerson): LivePerson[] {
  const known = people.find(({ accountId }) => accountId === person.accountId)
  const others = people.filter((one) => one !== known)
  return [...others, { ...person, spoken: known?.spoken ?? person.spoken }].sort(byArrival)
}

function withRole(
  person: LivePerson,
  { accountId, role, guest, byCode }: Extract<LiveEvent, { type: 'role-changed' }>,
): LivePerson {
  if (person.accountId !== accountId) return person
  const { guest: _guest, byCode: _byCode, ...same } = person
  return { ...same, role, ...(guest ? { guest } : {}), ...(byCode ? { byCode } : {}) }
}

/** Nothing of theirs is left, whatever it was. */
function withoutPerson(view: SessionView, accountId: string): SessionView {
  const ofOthers = <T extends { accountId: string | null }>(all: T[]): T[] =>
    all.filter((one) => one.accountId !== accountId)
  const { session } = view
  const answers = view.blocks.flatMap((block) => block.answers)
  const theirs = new Set(answers.flatMap((answer) => (answer.accountId === accountId ? [answer.id] : [])))
  return {
    ...view,
    session: session.facilitatorId === accountId ? { ...session, facilitatorId: null } : session,
    blocks: view.blocks.map((block) => ({
      ...block,
      written: block.written.filter((id) => id !== accountId),
      answers: ofOthers(block.answers),
      discussion: block.discussion && withoutAnswerOf(block.discussion, accountId),
      goRound: withoutSeat(block.goRound, accountId),
      pods: block.pods.flatMap((pod) => {
        const people = pod.people.filter((id) => id !== accountId)
        return people.length === 0 ? [] : [{ ...pod, people }]
      }),
    })),
    people: withoutPhone(view.people, accountId),
    queue: ofOthers(view.queue),
    speaking: view.speaking?.accountId === accountId ? null : view.speaking,
    commitments: ofOthers(view.commitments).map((one) =>
      one.witness?.accountId === accountId ? { ...one, witness: null } : one,
    ),
    lead: withoutLeader(view.lead, accountId),
    topics: withoutAnswers(view.topics, theirs, view),
  }
}

// Two things of the same millisecond stand in the order of their ids, in the browser as in the database.
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byAsking = (a: { askedAt: string; turnId: string }, b: { askedAt: string; turnId: string }) =>
  inOrder(a.askedAt, b.askedAt) || inOrder(a.turnId, b.turnId)
const byPosition = (a: { position: number; id: string }, b: { position: number; id: string }) =>
  a.position - b.position || inOrder(a.id, b.id)
const byMaking = (a: { madeAt: string; id: string }, b: { madeAt: string; id: string }) =>
  inOrder(a.madeAt, b.madeAt) || inOrder(a.id, b.id)
const byArrival = (a: LivePerson, b: LivePerson) =>
  inOrder(a.arrivedAt, b.arrivedAt) || inOrder(a.accountId, b.accountId)
