import { keepAudit } from '../audit/keep-audit.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'

/** Who is in a table can read that somebody took it. */
export async function keepExport(
  house: House,
  { account, group }: Organizer,
  action: 'roster-exported' | 'attendance-exported',
): Promise<void> {
  await house.db.transaction((tx) => keepAudit(house, tx, { action, groupId: group.id, actorId: account.id }))
}
