import type { Transaction } from '#db/connect.ts'
import type { GroupKind } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { findColleague, type Found } from '../organizations/find-colleague.ts'
import { tellAdmins } from '../organizations/tell-admins.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import type { GroupRow } from './guards.ts'

type Placed = Pick<GroupRow, 'organizationId' | 'approval'>

/** Where a group goes that somebody puts into their organization, and whether it waits for a yes there. */
export async function placeInOrganization(
  house: House,
  tx: Transaction,
  account: AccountRow,
  kind: GroupKind,
  slug: string,
): Promise<Found & { placed: Placed }> {
  if (kind !== 'internal')
    throw new Refusal(
      'invalid',
      'Only company groups belong to an organization; a meetup is for everybody.',
      'organization',
    )
  const found = await findColleague(house, tx, account, { slug })
  if (!found)
    throw new Refusal('invalid', 'Choose an organization that you are a colleague of.', 'organization')
  const { organization, role } = found
  const approval = !organization.approvesGroups ? 'none' : role === 'admin' ? 'approved' : 'waiting'
  return { ...found, placed: { organizationId: organization.id, approval } }
}

/** A group that waits is told to everybody who may say yes. */
export async function askForApproval(
  house: House,
  tx: Transaction,
  group: GroupRow,
  { organization, placed }: Found & { placed: Placed },
  asking: AccountRow,
): Promise<void> {
  if (placed.approval !== 'waiting') return
  await tellAdmins(house, tx, organization.id, ({ name, email }) => ({
    to: email,
    subject: `A new group at ${organization.name} waits for your yes`,
    paragraphs: [
      `Hello ${name},`,
      `${asking.name} started the group ${group.name} at ${organization.name}. It takes nobody in until an admin says yes.`,
      ...(group.purpose ? [`What it is for: ${group.purpose}`] : []),
    ],
    action: {
      label: 'Look at the group',
      url: `${house.config.origin}/organizations/${organization.slug}/groups`,
    },
    footer: `You get this mail because you are an admin of ${organization.name}.`,
  }))
}
