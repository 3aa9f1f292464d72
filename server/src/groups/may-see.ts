import type { memberships } from '#db/schema.ts'
import { matchesDomain } from '#shared/groups.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import type { GroupRow } from './guards.ts'

type Status = (typeof memberships.$inferSelect)['status']

/**
 * Whether somebody may see a group's page and knock at its door. A private one is there for its members, for who
 * waits for it, and for confirmed addresses of its domains; one of an organization for its colleagues at most, once it
 * is approved; a suspended one for its members. Everybody else, and who was removed, hears "not found".
 *
 * @param colleague of the organization that the group belongs to (organizations/is-colleague-of.ts).
 */
export function mayAsk(
  group: GroupRow,
  account: AccountRow | undefined,
  status: Status | undefined,
  colleague: boolean,
): boolean {
  if (group.suspendedAt !== null) return status === 'active'
  if (status === 'active' || status === 'waitlisted' || status === 'requested') return true
  if (group.organizationId !== null && (!colleague || !isApproved(group))) return false
  switch (group.visibility) {
    case 'public':
    case 'unlisted':
      return true
    case 'colleagues':
      return colleague
    case 'private':
      return (
        status !== 'removed' && account?.verifiedAt != null && matchesDomain(account.email, group.domains)
      )
  }
}

/** Whether its organization, if it has one that decides, said yes. */
export const isApproved = ({ approval }: Pick<GroupRow, 'approval'>): boolean =>
  approval === 'none' || approval === 'approved'
