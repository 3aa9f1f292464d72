import type { Input } from '#shared/contract.ts'
import type { goRoundCalls } from '#shared/go-rounds.ts'
import { moved, partOf } from '#shared/live/playing.ts'
import { Refusal } from '#shared/refusals.ts'
import { readPlaying } from '../go-rounds/read-go-rounds.ts'
import { savePlaying } from '../go-rounds/save-spoken.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findOwnBlock } from './find-go-round.ts'
import { wasHeard } from './was-heard.ts'

/** The episode plays for all, stands still, or goes somewhere else in its part. */
export function playPart(
  house: House,
  chair: Chair,
  blockId: string,
  { id, ...wanted }: Input<typeof goRoundCalls.playPart>['body'],
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session, now } = change
    const block = await findOwnBlock(change, blockId)
    const part = partOf(block)
    if (!part || session.episodeId === null)
      throw new Refusal('conflict', 'No part of an episode belongs to this block.')
    if (session.currentBlockId !== blockId || (await wasHeard(change, id))) return {}
    const before = await readPlaying(tx, blockId)
    await savePlaying({ ...change, block }, moved(part, before, wanted, now), id)
    return {}
  })
}
