import { randomUUID } from 'node:crypto'
import { liveCalls, type LiveBlock, type Room } from '#shared/live.ts'
import type { Meeting, Scene } from './scene.ts'
import { Broken, canary, type Visitor } from './visitor.ts'

/** One numbered rule of docs/live-sessions.md, as it can be seen from outside. */
export type Rule = {
  readonly number: string
  readonly title: string
  /** @throws Broken when it does not hold. */
  readonly hold: (scene: Scene) => Promise<void>
}

export const hold = (is: boolean, otherwise: string): void => {
  if (!is) throw new Broken(otherwise)
}

type Draft = { id?: string; revision?: number; done?: boolean }

export const write = (
  visitor: Visitor,
  { params }: Meeting,
  draft: { blockId: string; body: string } & Draft,
) => {
  const { id = randomUUID(), revision = 1, done = true, ...rest } = draft
  return visitor.ask(liveCalls.writeAnswer, { params, body: { id, revision, done, ...rest } })
}

export const promise = () => ({
  ...{ id: randomUUID(), cue: 'it is tried', action: `hold ${canary()}`, due: null },
})

export const blockAt = ({ view }: Room, at: number): LiveBlock => {
  const block = view.blocks[at]
  if (!block) throw new Broken('A block of the plan is missing.')
  return block
}
