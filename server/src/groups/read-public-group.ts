import { and, asc, count, eq, lt } from 'drizzle-orm'
import { accounts, groups, memberships } from '#db/schema.ts'
import { doorFor, type PublicGroup } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { isColleagueOf } from '../organizations/is-colleague-of.ts'
import type { Visitor } from '../sign-in/guards.ts'
import type { GroupRow } from './guards.ts'
import { isApproved, mayAsk } from './may-see.ts'
import { nextSessionOf } from './next-session.ts'
import { countActive, showOrganizationOf, showProgramme } from './show-group.ts'

/** A group's page. A private group is there for its members and for who may join it by themselves. */
export async function readPublicGroup(
  house: House,
  { account }: Visitor,
  slug: string,
): Promise<PublicGroup> {
  const [group] = await house.db.select().from(groups).where(eq(groups.slug, slug))
  if (!group) throw new Refusal('not-found')
  const [mine] = account
    ? await house.db
        .select()
        .from(memberships)
        .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, account.id)))
    : []
  const colleague = await isColleagueOf(house, house.db, account, group.organizationId)
  if (!mayAsk(group, account, mine?.status, colleague)) throw new Refusal('not-found')

  const { name, purpose, kind, visibility, city, venue, rhythm, zone, places, firstSessionAt } = group
  const meetup = kind === 'meetup'
  const removed = mine?.status === 'removed'
  const confirmed = account?.verifiedAt ? account.email : undefined
  return {
    slug,
    name,
    purpose,
    kind,
    visibility,
    city,
    venue,
    rhythm,
    zone,
    places,
    // How one gets into a company is for those who are in the group.
    address: meetup ? group.address : null,
    accessNotes: meetup ? group.accessNotes : '',
    language: group.language,
    inPerson: Boolean(city ?? venue),
    online: group.onlineLink !== null,
    programme: showProgramme(group),
    firstSessionAt: firstSessionAt && firstSessionAt > house.now() ? firstSessionAt.toISOString() : null,
    next: await nextSessionOf(house, group.id),
    memberCount: await countActive(house.db, group.id),
    organizers: await namesOfOrganizers(house, group.id),
    waiting: await countWaiting(house, group.id),
    door: isShut(group) ? 'closed' : removed ? 'invite' : doorFor(group, confirmed),
    byDomain: group.domains.length > 0,
    organization: (await showOrganizationOf(house.db, group))?.name ?? null,
    mine: await standing(house, group, mine),
  }
}

/** Nobody new comes in, with an invite or without. */
const isShut = (group: GroupRow): boolean =>
  group.archivedAt !== null || group.admission === 'closed' || !isApproved(group)

export async function namesOfOrganizers(house: House, groupId: string): Promise<string[]> {
  const organizers = await house.db
    .select({ name: accounts.name })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
    .orderBy(asc(memberships.turn))
    .limit(20)
  return organizers.map(({ name }) => name)
}

async function standing(
  house: House,
  group: GroupRow,
  mine: typeof memberships.$inferSelect | undefined,
): Promise<PublicGroup['mine']> {
  switch (mine?.status) {
    case 'active':
    case 'requested':
      return { status: mine.status, role: mine.role, ahead: 0 }
    case 'waitlisted':
      return { status: mine.status, role: mine.role, ahead: await countWaiting(house, group.id, mine.turn) }
    case 'invited':
    case 'left':
    case 'removed':
    case undefined:
      return null
  }
}

/** How many wait for a place, or wait before a certain turn. */
async function countWaiting(house: House, groupId: string, before?: number): Promise<number> {
  const [found] = await house.db
    .select({ waiting: count() })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'waitlisted'),
        before === undefined ? undefined : lt(memberships.turn, before),
      ),
    )
  return found?.waiting ?? 0
}
