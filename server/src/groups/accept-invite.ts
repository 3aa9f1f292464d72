import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { invites, memberships } from '#db/schema.ts'
import { matchesDomain, type Standing } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { isColleagueOf } from '../organizations/is-colleague-of.ts'
import type { AccountRow, SignedIn } from '../sign-in/guards.ts'
import type { InviteRow } from './create-invite.ts'
import type { GroupRow } from './guards.ts'
import { lockGroup, seat } from './places.ts'
import { findInvite, requireOpen } from './read-invite.ts'
import { tellRole } from './tell-role.ts'

/** Joins by an invite, or waits when the group is full. Whoever is in already uses nothing up. */
export async function acceptInvite(house: House, signedIn: SignedIn, token: string): Promise<Standing> {
  const { group, status, came } = await house.db.transaction((tx) => takePlace(house, tx, signedIn, token))
  if (came) await tellRole(house, group.id, signedIn.account.id)
  return { slug: group.slug, status }
}

/** `came` is true for whoever is in the group from now on. */
async function takePlace(
  house: House,
  tx: Transaction,
  { account }: SignedIn,
  token: string,
): Promise<{ group: GroupRow; status: Standing['status']; came: boolean }> {
  const found = await findInvite(house, tx, token)
  const group = await lockGroup(tx, found.group.id)
  const [mine] = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, account.id)))
  if (mine?.status === 'active' || mine?.status === 'waitlisted')
    return { group, status: mine.status, came: false }

  const invite = await lockInvite(tx, found.invite.id)
  requireOpen(house, invite)
  requireMeant(invite, account)
  await requireColleagueOrPersonal(house, tx, group, invite, account)
  if (mine?.status === 'removed') requireWelcomeBack(invite, mine.endedAt)
  if (group.admission === 'closed' || group.archivedAt)
    throw new Refusal('not-allowed', 'This group takes nobody new at the moment.')

  await tx
    .update(invites)
    .set({ uses: sql`${invites.uses} + 1` })
    .where(eq(invites.id, invite.id))
  const status = await seat(house, tx, group, account.id, invite.role)
  return { group, status, came: status === 'active' }
}

/** People who come at the same moment are counted one after the other. */
async function lockInvite(tx: Transaction, id: string): Promise<InviteRow> {
  const [invite] = await tx.select().from(invites).where(eq(invites.id, id)).for('update')
  if (!invite) throw new Refusal('not-found')
  return invite
}

function requireMeant({ email, domains }: InviteRow, account: AccountRow): void {
  if (email === null && domains.length === 0) return
  if (email !== null && email !== account.email) {
    throw new Refusal(
      'not-allowed',
      'This invite was mailed to another address and is good for that one only. Sign in with that address, or ask for an invite of your own.',
    )
  }
  if (domains.length > 0 && !matchesDomain(account.email, domains)) {
    throw new Refusal(
      'not-allowed',
      `This invite is for addresses at ${domains.join(' or ')}. Sign in with such an address.`,
    )
  }
  if (!account.verifiedAt) throw new Refusal('not-verified')
}

/** The open links of a company's group let its colleagues in; a coach from outside takes a personal invite. */
async function requireColleagueOrPersonal(
  house: House,
  tx: Transaction,
  { organizationId }: GroupRow,
  { email }: InviteRow,
  account: AccountRow,
): Promise<void> {
  if (organizationId === null || email !== null) return
  if (await isColleagueOf(house, tx, account, organizationId)) return
  throw new Refusal(
    'not-allowed',
    'This link is for colleagues at the company. Sign in with your confirmed address there, or ask for an invite mailed to you.',
  )
}

/** A link that still lies around must not undo a removal: it takes a personal invite made since. */
function requireWelcomeBack({ email, createdAt }: InviteRow, endedAt: Date | null): void {
  if (email !== null && (endedAt === null || createdAt > endedAt)) return
  throw new Refusal(
    'not-allowed',
    'An organizer ended your membership, so this link does not let you back in. Ask them to mail an invite to your address.',
  )
}
