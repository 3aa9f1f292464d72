import type { LiveEvent, Timer } from '#shared/live.ts'
import type { PodEvent } from '../pods/save-pods.ts'
import type { TopicEvent } from '../topics/change-topics.ts'

/** The events of a live room as they are stored: ids, not words. */
export type StoredLiveEvent =
  | { type: 'room-opened'; at: string }
  /** `spoken`: how often they had the floor before, so that whoever comes back is counted on. */
  | { type: 'entered'; accountId: string; at: string; spoken?: number; screen?: boolean }
  | Extract<LiveEvent, { type: 'block-started' }>
  /** `id` is the command's, so that a retry extends nothing. */
  | { type: 'timer-changed'; timer: Timer; id?: string }
  | Extract<LiveEvent, { type: 'answer-written' | 'answer-unwritten' }>
  | { type: 'answers-revealed'; blockId: string; at: string }
  | { type: 'hand-raised'; turnId: string; accountId: string; at: string }
  | Extract<
      LiveEvent,
      { type: 'counted-out' | 'promise-answered' | 'hands-lowered' | 'turn-given' | 'turn-ended' }
    >
  | { type: 'commitment-made' | 'commitment-changed' | 'commitment-withdrawn'; commitmentId: string }
  | TopicEvent
  | { type: 'plan-changed' }
  | PodEvent
  | Extract<LiveEvent, { type: 'pods-linked' }>
  | Extract<LiveEvent, { type: 'account-deleted' }>
  | { type: 'session-closed'; at: string }
