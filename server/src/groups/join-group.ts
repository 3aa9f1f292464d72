import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships } from '#db/schema.ts'
import { doorFor, type Standing } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { isColleagueOf } from '../organizations/is-colleague-of.ts'
import type { Verified } from '../sign-in/guards.ts'
import type { GroupRow } from './guards.ts'
import { requestLetter } from './letters.ts'
import { isApproved, mayAsk } from './may-see.ts'
import { lockGroup, seat, stand } from './places.ts'
import { tellRole } from './tell-role.ts'

/** Takes the place, the waitlist place or the request that the group's door offers. Asking twice changes nothing. */
export async function joinGroup(house: House, verified: Verified, slug: string): Promise<Standing> {
  const { groupId, status, came } = await house.db.transaction((tx) => takePlace(house, tx, verified, slug))
  if (came) await tellRole(house, groupId, verified.account.id)
  return { slug, status }
}

/** `came` is true for whoever is in the group from now on. */
async function takePlace(
  house: House,
  tx: Transaction,
  { account }: Verified,
  slug: string,
): Promise<{ groupId: string; status: Standing['status']; came: boolean }> {
  const [found] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.slug, slug))
  if (!found) throw new Refusal('not-found')
  const group = await lockGroup(tx, found.id)
  const [mine] = await tx
    .select({ status: memberships.status })
    .from(memberships)
    .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, account.id)))
  const colleague = await isColleagueOf(house, tx, account, group.organizationId)
  if (!mayAsk(group, account, mine?.status, colleague)) throw new Refusal('not-found')
  switch (mine?.status) {
    case 'active':
    case 'waitlisted':
      return { groupId: group.id, status: mine.status, came: false }
    case 'removed':
      throw new Refusal(
        'not-allowed',
        'An organizer ended your membership, so this door is closed for you. Ask them to mail you an invite.',
      )
    case 'requested':
    case 'invited':
    case 'left':
    case undefined:
      break
  }

  const door = group.archivedAt || !isApproved(group) ? 'closed' : doorFor(group, account.email)
  switch (door) {
    case 'join': {
      const status = await seat(house, tx, group, account.id, 'member')
      return { groupId: group.id, status, came: status === 'active' }
    }
    case 'ask':
      if (mine?.status === 'requested') return { groupId: group.id, status: 'requested', came: false }
      await stand(house, tx, group, account.id, { status: 'requested', role: 'member' })
      await tellOrganizers(house, tx, group, account)
      return { groupId: group.id, status: 'requested', came: false }
    case 'invite':
      throw new Refusal('not-allowed', 'This group is joined by invite. Ask one of its members for a link.')
    case 'closed':
      throw new Refusal('not-allowed', 'This group takes nobody new at the moment.')
  }
}

async function tellOrganizers(
  house: House,
  tx: Transaction,
  group: GroupRow,
  asking: { name: string; email: string },
): Promise<void> {
  const organizers = await tx
    .select({ name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
  for (const organizer of organizers)
    await sendMail(house, tx, requestLetter(house, group, organizer, asking))
}
