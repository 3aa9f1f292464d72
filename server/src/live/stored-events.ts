import type { LeadChange } from '#shared/leading.ts'
import type { HandKind, LiveEvent, Timer } from '#shared/live.ts'
import type { BallotEvent } from '../ballots/balloting.ts'
import type { SpokenStored } from '../go-rounds/save-spoken.ts'
import type { PodEvent } from '../pods/save-pods.ts'
import type { TopicEvent } from '../topics/change-topics.ts'

/** The events of a live room as they are stored: ids, not words. */
export type StoredLiveEvent =
  | { type: 'room-opened'; at: string }
  /** `spoken`: how often they had the floor before, so that whoever comes back is counted on. */
  | { type: 'entered'; accountId: string; at: string; spoken?: number; screen?: boolean }
  /** What they are now is read when it is sent. */
  | { type: 'role-changed'; accountId: string }
  /** `id` is the command's, so that a retry moves nothing. */
  | (Extract<LiveEvent, { type: 'block-started' }> & { id: string })
  /** `id` is the command's, so that a retry changes nothing. */
  | { type: 'timer-changed'; timer: Timer; id?: string }
  | Extract<LiveEvent, { type: 'answer-written' | 'answer-unwritten' | 'answers-counted' }>
  | { type: 'answers-revealed'; blockId: string; at: string }
  | { type: 'hand-raised'; turnId: string; accountId: string; at: string; kind?: HandKind }
  | Extract<
      LiveEvent,
      {
        type:
          | 'counted-out'
          | 'companions-changed'
          | 'promise-answered'
          | 'witness-asked'
          | 'answer-taken-out'
          | 'hands-lowered'
          | 'turn-given'
          | 'turn-ended'
      }
    >
  | { type: 'commitment-made' | 'commitment-changed' | 'commitment-withdrawn'; commitmentId: string }
  | TopicEvent
  /** What the tables told so far is read when it is sent. */
  | { type: 'plenary-changed'; blockId: string }
  /** How it stands is read when it is sent. */
  | { type: 'lead-changed'; why: LeadChange; before: string | null }
  | { type: 'door-changed' }
  /** `id` is the command's that changed the plan of an open room. */
  | { type: 'plan-changed'; id?: string }
  | PodEvent
  | BallotEvent
  | SpokenStored
  | Extract<LiveEvent, { type: 'pods-linked' | 'room-shut' }>
  | Extract<LiveEvent, { type: 'account-deleted' }>
  | { type: 'session-closed'; at: string }
