import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from './guards.ts'

/** @throws Refusal when the group has ended or is suspended: what is in it stays to be read, and nothing is added. */
export function requireOpenGroup({
  archivedAt,
  suspendedAt,
}: Pick<GroupRow, 'archivedAt' | 'suspendedAt'>): void {
  if (suspendedAt !== null) throw groupIsSuspended()
  if (archivedAt === null) return
  throw new Refusal(
    'conflict',
    'This group has ended. What is in it can still be read; to go on, an organizer takes it up again in its settings.',
  )
}

export const groupIsSuspended = () =>
  new Refusal(
    'conflict',
    'This group is suspended. What is in it can still be read and taken along, and everybody can leave; its organizers were told the reason by mail.',
  )

/** @throws Refusal when nobody is let in at the moment: an invite would open nothing. */
export function requireTakesPeople({ admission }: Pick<GroupRow, 'admission'>): void {
  if (admission !== 'closed') return
  throw new Refusal(
    'conflict',
    'This group takes nobody new at the moment, so an invite would open nothing. Change “Who comes in” in its settings first.',
  )
}
