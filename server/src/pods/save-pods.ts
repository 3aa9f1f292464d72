import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { podPaces, pods, podSeats } from '#db/schema.ts'
import type { Pace, Pod } from '#shared/pods.ts'

/** What a room hears of it: ids only. `id` is the command's, so that a retry moves nobody. */
export type PodEvent =
  | { type: 'pods-changed'; blockId: string; pods: Pod[]; gone: string[]; id?: string }
  | { type: 'turns-paced'; blockId: string; pace: Pace | null }

type Placing = {
  readonly tx: Transaction
  readonly tell: (event: PodEvent) => void
  readonly block: { readonly id: string; readonly groupId: string }
}

/** Stores what changed and tells the room of it; nothing when nothing did. */
export async function savePods(
  { tx, tell, block }: Placing,
  before: readonly Pod[],
  after: readonly Pod[],
  commandId?: string,
): Promise<void> {
  const known = new Map(before.map((pod) => [pod.id, JSON.stringify(pod)]))
  const changed = after.filter((pod) => known.get(pod.id) !== JSON.stringify(pod))
  const staying = new Set(after.map(({ id }) => id))
  const gone = before.filter(({ id }) => !staying.has(id)).map(({ id }) => id)
  if (changed.length === 0 && gone.length === 0) return
  const replaced = [...gone, ...changed.map(({ id }) => id).filter((id) => known.has(id))]
  await tx.delete(pods).where(and(inArray(pods.id, replaced), eq(pods.blockId, block.id)))
  if (changed.length > 0) {
    const { groupId, id: blockId } = block
    await tx
      .insert(pods)
      .values(changed.map(({ id, round, number }) => ({ id, round, number, groupId, blockId })))
    await tx
      .insert(podSeats)
      .values(
        changed.flatMap(({ id: podId, people }) =>
          people.map((accountId, place) => ({ groupId, podId, accountId, place })),
        ),
      )
  }
  tell({
    type: 'pods-changed',
    blockId: block.id,
    pods: changed,
    gone,
    ...(commandId === undefined ? {} : { id: commandId }),
  })
}

export async function savePace({ tx, tell, block }: Placing, pace: Pace | null): Promise<void> {
  if (pace === null) await tx.delete(podPaces).where(eq(podPaces.blockId, block.id))
  else
    await tx
      .insert(podPaces)
      .values({ blockId: block.id, groupId: block.groupId, ...pace })
      .onConflictDoUpdate({ target: podPaces.blockId, set: pace })
  tell({ type: 'turns-paced', blockId: block.id, pace })
}
