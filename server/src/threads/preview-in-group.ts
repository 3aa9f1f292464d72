import { and, eq, inArray } from 'drizzle-orm'
import { accounts, memberships } from '#db/schema.ts'
import { mentionedIn } from '#shared/mentions.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { namesOf } from './post-parts.ts'

/** Words as they would look in a post. Names are those of members: an id of anybody else stays nobody. */
export async function previewInGroup(house: House, { group }: Member, body: string): Promise<string> {
  const ids = mentionedIn(body)
  const people =
    ids.length === 0
      ? []
      : await house.db
          .select({ id: accounts.id, name: accounts.name })
          .from(memberships)
          .innerJoin(accounts, eq(accounts.id, memberships.accountId))
          .where(
            and(
              eq(memberships.groupId, group.id),
              eq(memberships.status, 'active'),
              inArray(memberships.accountId, ids),
            ),
          )
  return renderMarkdown(body, namesOf(people))
}
