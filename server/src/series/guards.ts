import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships, series, seriesLinks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import {
  mayFacilitate,
  requireMemberOf,
  type Facilitator,
  type GroupRow,
  type Member,
} from '../groups/guards.ts'
import { isReachable } from '../groups/known-groups.ts'
import type { House } from '../house.ts'
import { requireSignIn, type AccountRow } from '../sign-in/guards.ts'

declare const proven: unique symbol

export type SeriesRow = typeof series.$inferSelect

/** A member's right to a series of their group. Only the guards here make one. */
export type SeriesSeat = { readonly member: Member; readonly series: SeriesRow; readonly [proven]: 'series' }
/** The right to change and cancel it. */
export type SeriesChair = SeriesSeat & { readonly member: Facilitator }
/** One person's right to register from a mail. */
export type SeriesRight = {
  readonly account: AccountRow
  readonly group: GroupRow
  readonly series: SeriesRow
  readonly [proven]: 'series link'
}

/** A group whose page everybody with its address may see. A private one is like one that does not exist. */
export type ReachableGroup = { readonly group: GroupRow; readonly [proven]: 'reachable' }

export async function requireReachableGroup(house: House, request: FastifyRequest): Promise<ReachableGroup> {
  const { slug } = request.params as { slug: string }
  const group = await house.db.query.groups.findFirst({ where: and(eq(groups.slug, slug), isReachable) })
  if (!group) throw new Refusal('not-found')
  return { group } as ReachableGroup
}

/** Strangers are told that there is no such series. */
export async function requireSeriesSeat(house: House, request: FastifyRequest): Promise<SeriesSeat> {
  const signedIn = await requireSignIn(house, request)
  const { seriesId } = request.params as { seriesId: string }
  const found = await house.db.query.series.findFirst({ where: eq(series.id, seriesId) })
  if (!found) throw new Refusal('not-found')
  const member = await requireMemberOf(house, signedIn, found.groupId)
  return { member, series: found } as SeriesSeat
}

export async function requireSeriesChair(house: House, request: FastifyRequest): Promise<SeriesChair> {
  const seat = await requireSeriesSeat(house, request)
  if (!mayFacilitate(seat.member)) throw new Refusal('not-allowed')
  return seat as SeriesChair
}

/** Whoever left or was removed has a link that opens as little as one that somebody made up. */
export async function requireSeriesLink(house: House, request: FastifyRequest): Promise<SeriesRight> {
  const { token } = request.params as { token: string }
  const id = house.links.read('series', token)
  const [found] = id
    ? await house.db
        .select({ account: accounts, group: groups, series })
        .from(seriesLinks)
        .innerJoin(series, eq(series.id, seriesLinks.seriesId))
        .innerJoin(groups, eq(groups.id, seriesLinks.groupId))
        .innerJoin(accounts, eq(accounts.id, seriesLinks.accountId))
        .innerJoin(
          memberships,
          and(
            eq(memberships.groupId, seriesLinks.groupId),
            eq(memberships.accountId, seriesLinks.accountId),
            eq(memberships.status, 'active'),
          ),
        )
        .where(and(eq(seriesLinks.id, id), isNull(accounts.suspendedAt)))
    : []
  if (!found)
    throw new Refusal(
      'not-found',
      'This link opens nothing. Take the whole link from the mail, or sign in and look at the sessions of your group.',
    )
  return found as SeriesRight
}

/** Who changes a series, registers, or adds to it takes turns. */
export async function lockSeries(tx: Transaction, id: string): Promise<SeriesRow> {
  const [found] = await tx.select().from(series).where(eq(series.id, id)).for('no key update')
  if (!found) throw new Refusal('not-found')
  return found
}
