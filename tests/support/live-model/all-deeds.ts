import type { BlockKind } from '#shared/guide.ts'
import type { Deed } from './deed.ts'
import { ROOM_DEEDS } from './deeds.ts'
import { PLAN_DEEDS } from './plan.ts'
import { SPOKEN_DEEDS } from './spoken.ts'
import { TOPIC_DEEDS } from './topics.ts'
import { VOTE_DEEDS } from './votes.ts'

/** Everything that people do in a room. */
export const DEEDS = { ...ROOM_DEEDS, ...VOTE_DEEDS, ...TOPIC_DEEDS, ...SPOKEN_DEEDS, ...PLAN_DEEDS }
export type DeedName = keyof typeof DEEDS

const WRITING: DeedName[] = ['done', 'draft', 'done', 'reveal', 'gather', 'merge', 'renameTopic', 'takeOut']

/** What people mostly do in a kind of block. */
export const FITTING: Partial<Record<BlockKind, DeedName[]>> = {
  'check-in': ['nextSpeaker', 'nextSpeaker', 'pass', 'rejoin', 'previousSpeaker', 'callOn'],
  write: WRITING,
  close: ['done', 'draft', 'reveal'],
  vote: ['voteDone', 'vote', 'voteDone', 'count', 'voteAgain', 'addTopic', 'removeTopic'],
  listen: ['play', 'play', 'next'],
  commit: ['promise', 'changePromise', 'answerWitness', 'takePromiseBack'],
}

export const deedNamed = (name: DeedName): Deed => DEEDS[name]
