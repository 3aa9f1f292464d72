import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, organizations } from '#db/schema.ts'
import type { Group } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { askForApproval, placeInOrganization } from '../groups/place-in-organization.ts'
import { lockAsOrganizer, lockGroup, type LockedGroup } from '../groups/places.ts'
import { showGroup } from '../groups/show-group.ts'
import type { House } from '../house.ts'
import { tellAdmins } from '../organizations/tell-admins.ts'
import { takenOutLetter } from './letters.ts'

/** Puts a company group into an organization of mine, asks a declining one once more, or takes the group out. */
export async function setGroupOrganization(
  house: House,
  organizer: Organizer,
  slug: string | null,
): Promise<Group> {
  return house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    requireOpenGroup(group)
    if (slug === null) await takeOut(house, tx, organizer, group)
    else await putIn(house, tx, organizer, group, slug)
    return showGroup(tx, await lockGroup(tx, group.id), organizer.role)
  })
}

async function putIn(
  house: House,
  tx: Transaction,
  { account }: Organizer,
  group: LockedGroup,
  slug: string,
): Promise<void> {
  const home = await placeInOrganization(house, tx, account, group.kind, slug)
  const { organizationId, approval } = home.placed
  if (group.organizationId === organizationId && group.approval !== 'declined') return
  if (group.organizationId !== null && group.organizationId !== organizationId) {
    throw new Refusal(
      'conflict',
      'This group belongs to another organization. Take it out of that one first.',
      'organization',
    )
  }
  const visibility = group.visibility === 'public' ? 'colleagues' : group.visibility
  await keepPlace(tx, group, { organizationId, approval, visibility })
  await keepAudit(house, tx, {
    action: 'group-placed',
    groupId: group.id,
    organizationId: home.organization.id,
    actorId: account.id,
    detail: { approval },
  })
  await askForApproval(house, tx, group, home, account)
}

/** It goes on as a private group of its members; what was listed for colleagues no longer is. */
async function takeOut(
  house: House,
  tx: Transaction,
  { account }: Organizer,
  group: LockedGroup,
): Promise<void> {
  if (group.organizationId === null) return
  const [organization] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, group.organizationId))
  await keepPlace(tx, group, { organizationId: null, approval: 'none', visibility: 'private' })
  if (!organization) return
  await keepAudit(house, tx, {
    action: 'group-taken-out',
    groupId: group.id,
    organizationId: organization.id,
    actorId: account.id,
  })
  await tellAdmins(
    house,
    tx,
    organization.id,
    (admin) => takenOutLetter(admin, group, organization, account),
    account.id,
  )
}

async function keepPlace(
  tx: Transaction,
  { id }: LockedGroup,
  place: Pick<GroupRow, 'organizationId' | 'approval' | 'visibility'>,
): Promise<void> {
  await tx.update(groups).set(place).where(eq(groups.id, id))
}
