import { and, asc, count, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { experts, groups, memberships, sessions } from '#db/schema.ts'
import { GROUPS_ON_PAGE, SESSIONS_ON_PAGE, type OrganizerPage } from '#shared/public-pages.ts'
import { isPublic } from '../groups/known-groups.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { organizerAddress } from './addresses.ts'

/** What everybody reads on the page of an organizer: of groups that are public, and only those. */
export async function readOrganizerPage(
  house: House,
  { account }: { account: AccountRow },
): Promise<OrganizerPage> {
  const mine = await readGroups(house, account.id)
  const ids = mine.map(({ id }) => id)
  const [coming, held, guests] = await Promise.all([
    readNext(house, ids),
    countHeld(house, ids),
    readGuests(house, ids),
  ])
  return {
    address: organizerAddress(house, account.publicSlug ?? ''),
    name: account.name,
    about: account.about,
    groups: mine.map(({ id: _id, onlineLink, ...group }) => ({ ...group, online: onlineLink !== null })),
    sessions: coming.map(({ slug, groupName, startsAt, endsAt, ...session }) => ({
      ...session,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      group: { slug, name: groupName },
    })),
    held,
    guests,
  }
}

function readGroups(house: House, accountId: string) {
  return house.db
    .select({
      id: groups.id,
      slug: groups.slug,
      name: groups.name,
      purpose: groups.purpose,
      city: groups.city,
      onlineLink: groups.onlineLink,
      places: groups.places,
      memberCount: house.db.$count(
        memberships,
        and(eq(memberships.groupId, groups.id), eq(memberships.status, 'active')),
      ),
    })
    .from(groups)
    .where(
      and(
        isPublic,
        isNull(groups.archivedAt),
        inArray(
          groups.id,
          house.db
            .select({ id: memberships.groupId })
            .from(memberships)
            .where(
              and(
                eq(memberships.accountId, accountId),
                eq(memberships.status, 'active'),
                eq(memberships.role, 'organizer'),
              ),
            ),
        ),
      ),
    )
    .orderBy(desc(groups.createdAt), asc(groups.id))
    .limit(GROUPS_ON_PAGE)
}

function readNext(house: House, groupIds: string[]) {
  return house.db
    .select({
      id: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      endsAt: sessions.endsAt,
      zone: groups.zone,
      slug: groups.slug,
      groupName: groups.name,
    })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(
      and(
        inArray(sessions.groupId, groupIds),
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, house.now()),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
    .limit(SESSIONS_ON_PAGE)
}

async function countHeld(house: House, groupIds: string[]): Promise<number> {
  const [found] = await house.db
    .select({ held: count() })
    .from(sessions)
    .where(and(inArray(sessions.groupId, groupIds), eq(sessions.status, 'wrapped-up')))
  return found?.held ?? 0
}

const GUESTS_SHOWN = 50

/** Guest experts who came and agreed to be named, newest first. */
async function readGuests(house: House, groupIds: string[]): Promise<OrganizerPage['guests']> {
  if (groupIds.length === 0) return []
  const rows = await house.db
    .select({ name: experts.name, title: sessions.title, on: sessions.startsAt })
    .from(experts)
    .innerJoin(sessions, eq(sessions.id, experts.sessionId))
    .where(
      and(
        inArray(experts.groupId, groupIds),
        eq(experts.answer, 'accepted'),
        eq(experts.shown, true),
        isNull(experts.revokedAt),
        eq(sessions.status, 'wrapped-up'),
      ),
    )
    .orderBy(desc(sessions.startsAt), asc(experts.name))
    .limit(GUESTS_SHOWN)
  return rows.map(({ on, ...guest }) => ({ ...guest, on: on.toISOString() }))
}
