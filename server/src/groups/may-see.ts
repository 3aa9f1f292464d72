import type { memberships } from '#db/schema.ts'
import { matchesDomain } from '#shared/groups.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import type { GroupRow } from './guards.ts'

type Status = (typeof memberships.$inferSelect)['status']

/**
 * Whether somebody may see a group's page and knock at its door. A private one is there for its members, for who
 * waits for it, and for confirmed addresses of its domains; everybody else, and who was removed, hears "not found".
 */
export function mayAsk(
  group: GroupRow,
  account: AccountRow | undefined,
  status: Status | undefined,
): boolean {
  if (group.visibility !== 'private') return true
  if (status === 'active' || status === 'waitlisted' || status === 'requested') return true
  if (status === 'removed' || !account?.verifiedAt) return false
  return matchesDomain(account.email, group.domains)
}
