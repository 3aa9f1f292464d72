import { and, eq, gte, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, groups, sessions } from '#db/schema.ts'
import { OVER_STAYS } from '#shared/public-pages.ts'
import { Refusal } from '#shared/refusals.ts'
import { isPublic, isReachable } from '../groups/known-groups.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { AccountRow } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** A group whose page everybody with its address may see. */
export type ReachableGroup = { readonly group: GroupRow; readonly [proven]: 'reachable' }
/** A group that everybody may know of. */
export type KnownGroup = ReachableGroup & { readonly known: true }
/** A session of such a group that has a page of its own. */
export type ReachableSession = ReachableGroup & { readonly session: SessionRow }
export type KnownSession = ReachableSession & { readonly known: true }
/** Somebody who organizes groups and wants that everybody may read about it. */
export type PublicOrganizer = { readonly account: AccountRow; readonly [proven]: 'organizer' }

const DAY = 86_400_000

/** A private group is like one that does not exist, for its members too: they have pages inside. */
export async function requireReachableGroup(house: House, request: FastifyRequest): Promise<ReachableGroup> {
  return findGroup(house, request, isReachable)
}

/** An unlisted or private group is like one that does not exist. */
export async function requireKnownGroup(house: House, request: FastifyRequest): Promise<KnownGroup> {
  const found = await findGroup(house, request, isPublic)
  return { ...found, known: true }
}

export async function requireReachableSession(
  house: House,
  request: FastifyRequest,
): Promise<ReachableSession> {
  return findSession(house, request, await requireReachableGroup(house, request))
}

export async function requireKnownSession(house: House, request: FastifyRequest): Promise<KnownSession> {
  const group = await requireKnownGroup(house, request)
  return { ...(await findSession(house, request, group)), known: true }
}

/** A page that was taken away is like one that never was. */
export async function requireOrganizerPage(house: House, request: FastifyRequest): Promise<PublicOrganizer> {
  const { slug } = request.params as { slug: string }
  const account = await house.db.query.accounts.findFirst({
    where: and(eq(accounts.publicSlug, slug), isNull(accounts.suspendedAt)),
  })
  if (!account) throw new Refusal('not-found')
  return { account } as PublicOrganizer
}

async function findGroup(
  house: House,
  { params }: FastifyRequest,
  which: typeof isPublic,
): Promise<ReachableGroup> {
  const { slug } = params as { slug: string }
  const group = await house.db.query.groups.findFirst({ where: and(eq(groups.slug, slug), which) })
  if (!group) throw new Refusal('not-found')
  return { group } as ReachableGroup
}

async function findSession(
  house: House,
  { params }: FastifyRequest,
  reachable: ReachableGroup,
): Promise<ReachableSession> {
  const { sessionId } = params as { sessionId: string }
  const session = await house.db.query.sessions.findFirst({
    where: and(
      eq(sessions.groupId, reachable.group.id),
      eq(sessions.id, sessionId),
      gte(sessions.endsAt, new Date(house.now().getTime() - OVER_STAYS * DAY)),
    ),
  })
  if (!session) throw new Refusal('not-found')
  return { ...reachable, session }
}
