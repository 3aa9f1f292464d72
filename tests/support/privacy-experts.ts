import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { experts } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { expertCalls } from '#shared/experts.ts'
import { canary } from './canary.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, facilitators, members, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** A guest expert of the next session, who said yes, and a question of the member. */
export type ExpertWorld = { expertId: string; questionId: string }

export async function inviteAnExpert(
  house: TestHouse,
  { facilitator, member }: Record<Who, TestPerson>,
  sessionId: string,
): Promise<ExpertWorld> {
  const [expertId, questionId] = [randomUUID(), randomUUID()]
  const params = { sessionId }
  const [expert] = await facilitator.api.inviteExpert({
    params,
    body: {
      id: expertId,
      name: canary('expert name'),
      email: `${canary('expert mail')}@example.net`,
      expects: canary('expert expects'),
    },
  })
  await house.stranger().api.answerExpertInvite({
    params: { token: expert?.forChairs?.link.split('/').at(-1) ?? '' },
    body: { answer: 'accepted', reply: canary('expert reply'), shown: true },
  })
  await house.house.db
    .update(experts)
    .set({ thanks: canary('expert thanks') })
    .where(eq(experts.id, expertId))
  await member.api.addQuestion({ params, body: { id: questionId, words: canary('queued question') } })
  return { expertId, questionId }
}

type Calls = typeof expertCalls
const inNext = ({ nextId }: World) => ({ params: { sessionId: nextId } })
const ofExpert = ({ nextId, experts: { expertId } }: World) => ({ params: { sessionId: nextId, expertId } })
const ofQuestion = ({ nextId, experts: { questionId } }: World) => ({
  params: { sessionId: nextId, questionId },
})
const made = () => ({ params: { token: 'x'.repeat(46) } })
const stranger = everybody('not-found')

export const EXPERT_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  listExperts: { says: members, ask: inNext },
  inviteExpert: {
    says: facilitators,
    ask: (world) => ({
      ...inNext(world),
      body: { id: randomUUID(), name: 'Rita', email: null, expects: 'Answers.' },
    }),
  },
  revokeExpert: { says: facilitators, ask: ofExpert },
  thankExpert: {
    // Thanks come after the session.
    says: { ...facilitators, facilitator: 'conflict', organizer: 'conflict' },
    ask: (world) => ({ ...ofExpert(world), body: { words: 'Thank you.' } }),
  },
  readExpertInvite: { says: stranger, ask: made },
  answerExpertInvite: {
    says: stranger,
    ask: () => ({ ...made(), body: { answer: 'accepted', reply: '', shown: false } }),
  },
  enterAsExpert: { says: stranger, ask: made },
  listQueue: { says: members, ask: inNext },
  addQuestion: {
    says: members,
    ask: (world) => ({ ...inNext(world), body: { id: randomUUID(), words: 'Why?' } }),
  },
  takeQuestionOut: { says: members, ask: ofQuestion },
  voteForQuestion: { says: members, ask: (world) => ({ ...ofQuestion(world), body: { votes: true } }) },
  markAnswered: { says: facilitators, ask: (world) => ({ ...ofQuestion(world), body: { answered: true } }) },
}
