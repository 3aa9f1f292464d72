import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, groups } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import { isPublic } from '../groups/known-groups.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** The right to read somebody's sessions as a calendar: theirs, or a program's that they gave their address to. */
export type Feed = { readonly account: AccountRow; readonly [proven]: 'feed' }
/** A group whose sessions everybody may know of. */
export type PublicGroup = { readonly group: GroupRow; readonly [proven]: 'public' }

/** An address that was replaced is like one that somebody made up. */
export async function requireFeed(house: House, request: FastifyRequest): Promise<Feed> {
  const { token } = request.params as { token: string }
  const calendarId = house.links.read('calendar', token)
  const account = calendarId
    ? await house.db.query.accounts.findFirst({
        where: and(eq(accounts.calendarId, calendarId), isNull(accounts.suspendedAt)),
      })
    : undefined
  if (!account) throw new Refusal('not-found')
  return { account } as Feed
}

/** An unlisted or private group is like one that does not exist. */
export async function requirePublicGroup(house: House, request: FastifyRequest): Promise<PublicGroup> {
  const { slug } = request.params as { slug: string }
  const group = await house.db.query.groups.findFirst({
    where: and(eq(groups.slug, slug), isPublic),
  })
  if (!group) throw new Refusal('not-found')
  return { group } as PublicGroup
}
