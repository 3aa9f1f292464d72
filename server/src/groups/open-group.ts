import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from './guards.ts'

/** @throws Refusal when the group has ended: what is in it stays to be read, and nothing is added. */
export function requireOpenGroup({ archivedAt }: Pick<GroupRow, 'archivedAt'>): void {
  if (archivedAt === null) return
  throw new Refusal(
    'conflict',
    'This group has ended. What is in it can still be read; to go on, an organizer takes it up again in its settings.',
  )
}
