import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, groups, invites, memberships } from '#db/schema.ts'
import { inviteState, type InviteView } from '#shared/invites.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Visitor } from '../sign-in/guards.ts'
import type { InviteRow } from './create-invite.ts'
import type { GroupRow } from './guards.ts'
import { nextSessionOf } from './next-session.ts'
import { countActive } from './show-group.ts'

/** What an invite invites to. Whoever is in the group already is only told where it is. */
export async function readInvite(house: House, { account }: Visitor, token: string): Promise<InviteView> {
  const { invite, group } = await findInvite(house, house.db, token)
  const [mine] = account
    ? await house.db
        .select({ status: memberships.status })
        .from(memberships)
        .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, account.id)))
    : []
  const inside = mine?.status === 'active' || mine?.status === 'waitlisted'
  if (!inside) requireOpen(house, invite)
  const [inviter] = invite.createdBy
    ? await house.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, invite.createdBy))
    : []
  const { name, purpose, kind, city, rhythm, zone, firstSessionAt, places } = group
  return {
    name,
    purpose,
    kind,
    invitedBy: inviter?.name ?? null,
    city,
    rhythm,
    zone,
    next: await nextSessionOf(house, group.id),
    firstSessionAt: firstSessionAt && firstSessionAt > house.now() ? firstSessionAt.toISOString() : null,
    memberCount: await countActive(house.db, group.id),
    places,
    role: invite.role,
    domains: invite.domains,
    personal: invite.email !== null,
    slug: inside ? group.slug : null,
  }
}

/** The invite of a link. A link that was made up, or cut off while copying, leads nowhere. */
export async function findInvite(
  house: House,
  reader: Reader,
  token: string,
): Promise<{ invite: InviteRow; group: GroupRow }> {
  const id = house.links.read('invite', token)
  const [found] = id
    ? await reader
        .select({ invite: invites, group: groups })
        .from(invites)
        .innerJoin(groups, eq(groups.id, invites.groupId))
        .where(and(eq(invites.id, id), isNull(groups.suspendedAt)))
    : []
  if (!found) {
    throw new Refusal(
      'not-found',
      'There is no such invite. Perhaps the link was cut off: copy the whole of it, or ask for a new one.',
    )
  }
  return found
}

/** @throws Refusal with the reason, when the invite lets nobody in any more. */
export function requireOpen(house: House, invite: InviteRow): void {
  switch (inviteState(invite, house.now())) {
    case 'open':
      return
    case 'expired':
      throw new Refusal('link-used-up', 'This invite has expired. Ask whoever sent it for a new one.')
    case 'revoked':
      throw new Refusal(
        'link-used-up',
        'This invite was taken back. Ask whoever sent it whether it was meant for you.',
      )
    case 'used-up':
      throw new Refusal(
        'link-used-up',
        invite.email
          ? 'This personal invite was used already. If that was you, sign in with the account you joined with.'
          : 'This invite is used up: as many people joined by it as it was made for. Ask whoever sent it for a new one.',
      )
  }
}
