import { and, asc, eq, ilike, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { groups, memberships, sessions } from '#db/schema.ts'
import type { Input, Output } from '#shared/contract.ts'
import type { groupCalls } from '#shared/group-calls.ts'
import { GROUPS_SHOWN } from '#shared/groups.ts'
import type { House } from '../house.ts'

type Search = Input<typeof groupCalls.findGroups>['query']

/** Public groups that fit everything given. Those that meet soonest come first, then the newest. */
export async function findGroups(
  house: House,
  { words = '', city = '', online = false, offset = 0 }: Search,
): Promise<Output<typeof groupCalls.findGroups>> {
  const next = house.db
    .selectDistinctOn([sessions.groupId], {
      groupId: sessions.groupId,
      id: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      endsAt: sessions.endsAt,
    })
    .from(sessions)
    .where(and(eq(sessions.status, 'scheduled'), sql`${sessions.startsAt} > ${house.now().toISOString()}`))
    .orderBy(sessions.groupId, sessions.startsAt)
    .as('next')
  const memberCount = house.db.$count(
    memberships,
    and(eq(memberships.groupId, groups.id), eq(memberships.status, 'active')),
  )
  const rows = await house.db
    .select({
      slug: groups.slug,
      name: groups.name,
      purpose: groups.purpose,
      kind: groups.kind,
      city: groups.city,
      onlineLink: groups.onlineLink,
      rhythm: groups.rhythm,
      zone: groups.zone,
      firstSessionAt: groups.firstSessionAt,
      places: groups.places,
      memberCount,
      nextId: next.id,
      nextTitle: next.title,
      nextStartsAt: next.startsAt,
      nextEndsAt: next.endsAt,
    })
    .from(groups)
    .leftJoin(next, eq(next.groupId, groups.id))
    .where(
      and(
        eq(groups.visibility, 'public'),
        isNull(groups.archivedAt),
        ...wordsIn(words).map((word) => anywhere(word)),
        city.trim() ? ilike(groups.city, `%${escapeLike(city.trim())}%`) : undefined,
        online ? isNotNull(groups.onlineLink) : undefined,
      ),
    )
    .orderBy(sql`${next.startsAt} asc nulls last`, sql`${groups.createdAt} desc`, asc(groups.id))
    .limit(GROUPS_SHOWN + 1)
    .offset(offset)

  const found = rows.slice(0, GROUPS_SHOWN).map((row) => {
    const { onlineLink, firstSessionAt, nextId, nextTitle, nextStartsAt, nextEndsAt, ...group } = row
    return {
      ...group,
      online: onlineLink !== null,
      firstSessionAt: firstSessionAt && firstSessionAt > house.now() ? firstSessionAt.toISOString() : null,
      next:
        nextId && nextTitle && nextStartsAt && nextEndsAt
          ? {
              id: nextId,
              title: nextTitle,
              startsAt: nextStartsAt.toISOString(),
              endsAt: nextEndsAt.toISOString(),
            }
          : null,
    }
  })
  return { groups: found, more: rows.length > GROUPS_SHOWN }
}

const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean).slice(0, 10)

function anywhere(word: string): SQL | undefined {
  const pattern = `%${escapeLike(word)}%`
  return or(
    ilike(groups.name, pattern),
    ilike(groups.purpose, pattern),
    ilike(groups.city, pattern),
    ilike(groups.venue, pattern),
  )
}

/** What somebody types is looked for as it is: `%` and `_` are no wildcards. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`)
