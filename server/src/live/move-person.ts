import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { pods } from '#db/schema.ts'
import { podSize } from '#shared/live/pods.ts'
import type { Pod } from '#shared/pods.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { readThere } from '../pods/read-pods.ts'
import { readOwnPods, saveArranged } from '../pods/settle-pods.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findPodsBlock, podsNow } from './find-pods-block.ts'

/** Moves somebody by hand: to others, to a place of their own, or out. The others stay where they are. */
export function movePerson(
  house: House,
  chair: Chair,
  blockId: string,
  { accountId, podId }: { accountId: string; podId: string | null },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const placing = await findPodsBlock(change, blockId)
    const before = await readOwnPods(placing)
    const now = await podsNow(placing, before)
    const there = await readThere(placing.tx, placing.session, true)
    if (!there.includes(accountId))
      throw new Refusal('conflict', 'They are not here. Count them in on the session’s page first.')
    const target = now.find(({ id }) => id === podId)
    if (target?.people.includes(accountId)) return {}
    if (!target && podId !== null) await requireNew(placing.tx, podId)
    const isFeedback = placing.block.options.feedback === true
    const most = isFeedback ? 2 : podSize(placing.block) + 2
    if (target && target.people.length >= most)
      throw new Refusal('conflict', 'There is no room for one more. Move somebody else first.')
    const moved = moveTo(now, accountId, podId)
    const others = before.filter((pod) => !now.includes(pod))
    await saveArranged(
      placing,
      before,
      [...others, ...moved],
      moved.flatMap(({ people }) => people),
    )
    return {}
  })
}

/** What is not here now may be somebody else's: of another session, or of a later turn of this one. */
async function requireNew(tx: Transaction, podId: string): Promise<void> {
  const [known] = await tx.select({ id: pods.id }).from(pods).where(eq(pods.id, podId))
  if (known) throw new Refusal('conflict', 'These people are not together here now. Choose again.')
}

function moveTo(before: readonly Pod[], id: string, podId: string | null): Pod[] {
  const without = before.map((pod) => ({ ...pod, people: pod.people.filter((one) => one !== id) }))
  const taken = new Set(without.filter(({ people }) => people.length > 0).map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number += 1
  const after =
    podId === null || without.some((pod) => pod.id === podId)
      ? without.map((pod) => (pod.id === podId ? { ...pod, people: [...pod.people, id] } : pod))
      : [...without, { id: podId, round: before[0]?.round ?? 0, number, people: [id] }]
  return after.filter(({ people }) => people.length > 0)
}
