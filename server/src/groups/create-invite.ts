import { and, desc, eq, isNull } from 'drizzle-orm'
import { invites } from '#db/schema.ts'
import { inviteState, type Invite, type InviteDraft } from '#shared/invites.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { checkDomains } from './check-facts.ts'
import type { Organizer } from './guards.ts'
import { requireOpenGroup, requireTakesPeople } from './open-group.ts'
import { requireApproved } from './require-approved.ts'

export type InviteRow = typeof invites.$inferSelect

const DAY = 86_400_000
const MOST_SHOWN = 200

export async function createInvite(
  house: House,
  { account, group }: Organizer,
  { id, role, days, maxUses, domains }: InviteDraft,
): Promise<Invite> {
  requireOpenGroup(group)
  requireTakesPeople(group)
  requireApproved(group)
  const checked = checkDomains(domains)
  const [added] = await house.db
    .insert(invites)
    .values({
      id,
      groupId: group.id,
      createdBy: account.id,
      role,
      domains: checked,
      maxUses,
      createdAt: house.now(),
      expiresAt: inDays(house, days),
    })
    .onConflictDoNothing()
    .returning()
  const invite = added ?? (await earlierInvite(house, group.id, id))
  return showInvite(house, invite)
}

/** A retry gets the link of the first try; an id of another group is refused. */
async function earlierInvite(house: House, groupId: string, id: string): Promise<InviteRow> {
  const [earlier] = await house.db
    .select()
    .from(invites)
    .where(and(eq(invites.id, id), eq(invites.groupId, groupId)))
  if (!earlier) throw new Refusal('conflict')
  return earlier
}

export async function listInvites(house: House, { group }: Organizer): Promise<Invite[]> {
  const rows = await house.db
    .select()
    .from(invites)
    .where(eq(invites.groupId, group.id))
    .orderBy(desc(invites.createdAt), desc(invites.id))
    .limit(MOST_SHOWN)
  return rows.map((row) => showInvite(house, row))
}

/** From now on the link lets nobody in. Who came in by it stays. */
export async function revokeInvite(house: House, { group }: Organizer, id: string): Promise<object> {
  const mine = and(eq(invites.id, id), eq(invites.groupId, group.id))
  const [found] = await house.db.select({ id: invites.id }).from(invites).where(mine)
  if (!found) throw new Refusal('not-found')
  await house.db
    .update(invites)
    .set({ revokedAt: house.now() })
    .where(and(mine, isNull(invites.revokedAt)))
  return {}
}

export const inDays = (house: House, days: number) => new Date(house.now().getTime() + days * DAY)

export const inviteLink = (house: House, id: string) =>
  `${house.config.origin}/join/${house.links.sign('invite', id)}`

function showInvite(house: House, row: InviteRow): Invite {
  const { id, email, role, domains, maxUses, uses, createdAt, expiresAt } = row
  return {
    id,
    link: inviteLink(house, id),
    email,
    role,
    domains,
    maxUses,
    uses,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    state: inviteState(row, house.now()),
  }
}
