import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_BLOCK } from './guide.ts'
import { BlockDraft, MOST_BLOCKS } from './sessions.ts'

/** Changing the plan while the room is open. Docs: docs/live-sessions.md, L35 to L38. Its rules are in live/plan.ts. */

const Id = Type.String({ format: 'uuid' })
const Empty = Type.Object({})
const { title, prompt, notes } = BlockDraft.properties
const minutes = Type.Integer({ minimum: 1, maximum: LONGEST_BLOCK })
const ofSession = Type.Object({ sessionId: Id })
const ofBlock = Type.Object({ sessionId: Id, blockId: Id })
/** The caller's: a command that is sent twice happens once. */
const id = Id
/** What the caller saw, and what it shall be: when it is something else by now, nothing is written over. */
const changed = <Value extends Type.TSchema>(value: Value) =>
  Type.Optional(Type.Object({ from: value, to: value }))
/** A block, or nothing for the beginning of the plan. */
const place = Type.Union([Id, Type.Null()])

export const BlockChange = Type.Object({
  id,
  title: changed(title),
  minutes: changed(minutes),
  prompt: changed(prompt),
  notes: changed(notes),
})
export type BlockChange = Static<typeof BlockChange>

/** The minutes of blocks, all that are to come. */
export const Rebalance = Type.Object({
  id,
  blocks: Type.Array(
    Type.Object({ blockId: Id, from: minutes, to: Type.Integer({ minimum: 0, maximum: LONGEST_BLOCK }) }),
    { minItems: 1, maxItems: MOST_BLOCKS },
  ),
})
export type Rebalance = Static<typeof Rebalance>

export const livePlanCalls = define({
  insertBlock: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/room/blocks/:blockId',
    params: ofBlock,
    body: Type.Object({ ...Type.Omit(BlockDraft, ['id']).properties, minutes, after: place }),
    response: Empty,
    summary: 'Put a new block into the plan while the room is open',
  },
  changeBlock: {
    method: 'PATCH',
    path: '/api/sessions/:sessionId/room/blocks/:blockId',
    params: ofBlock,
    body: BlockChange,
    response: Empty,
    summary: 'Change the minutes of a block while the room is open, or the words of one that has not begun',
  },
  moveBlock: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/move',
    params: ofBlock,
    /** After which block it stood, and after which it shall stand. */
    body: Type.Object({ id, from: place, to: place }),
    response: Empty,
    summary: 'Move a block that has not begun to another place of the plan',
  },
  skipBlock: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/skip',
    params: ofBlock,
    body: Type.Object({ id, skipped: Type.Boolean() }),
    response: Empty,
    summary: 'Skip a block that has not begun, or take it back in',
  },
  rebalance: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/rebalance',
    params: ofSession,
    body: Rebalance,
    response: Empty,
    summary:
      'Give all blocks that are to come these minutes, on top of those that were seen; none: it is skipped',
  },
  shutRoom: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/shut',
    params: ofSession,
    response: Empty,
    summary: 'Shut a room that was opened too early: nobody was there yet',
  },
})
