import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Db } from '#db/connect.ts'
import { prepared } from '#db/prepared.ts'
import { groups, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Guard } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn, type SignedIn } from '../sign-in/guards.ts'
import { groupIsSuspended } from './open-group.ts'

declare const proven: unique symbol

export type GroupRow = typeof groups.$inferSelect
export type Role = (typeof memberships.$inferSelect)['role']

/** An active member of the group in the path (`/api/groups/:slug/…`). Only the guards here make one. */
export type Member = SignedIn & { readonly group: GroupRow; readonly role: Role; readonly [proven]: 'member' }
/** A member who may prepare and run sessions: facilitators and organizers. */
export type Facilitator = Member & { readonly role: 'facilitator' | 'organizer' }
/** A member who may change the group and who is in it. */
export type Organizer = Member & { readonly role: 'organizer' }

/** Whoever is not an active member is told that there is no such group. */
export async function requireMember(house: House, request: FastifyRequest): Promise<Member> {
  const signedIn = await requireSignIn(house, request)
  const { slug } = request.params as { slug: string }
  return asMember(signedIn, await memberBySlug(house.db).execute({ slug, accountId: signedIn.account.id }))
}

export const requireFacilitator = withRole<Facilitator>('facilitator', 'organizer')
export const requireOrganizer = withRole<Organizer>('organizer')

/** For guards of other features, which know the group by its id: being in it, or "not found". */
export async function requireMemberOf(house: House, signedIn: SignedIn, groupId: string): Promise<Member> {
  return asMember(signedIn, await memberById(house.db).execute({ groupId, accountId: signedIn.account.id }))
}

export const mayFacilitate = (member: Member): member is Facilitator => member.role !== 'member'

function withRole<Proof extends Member>(...roles: Role[]): Guard<Proof> {
  return async function requireRole(house, request) {
    const member = await requireMember(house, request)
    if (!roles.includes(member.role)) throw new Refusal('not-allowed')
    return member as Proof
  }
}

const memberBySlug = prepared((db) =>
  membersOf(db, eq(groups.slug, sql.placeholder('slug'))).prepare('member_by_slug'),
)
const memberById = prepared((db) =>
  membersOf(db, eq(groups.id, sql.placeholder('groupId'))).prepare('member_by_id'),
)

const membersOf = (db: Db, which: SQL) =>
  db
    .select({ group: groups, role: memberships.role })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(which, eq(memberships.accountId, sql.placeholder('accountId')), eq(memberships.status, 'active')),
    )

/** For guards that find the group together with what is theirs. */
export function asMember(signedIn: SignedIn, [found]: readonly { group: GroupRow; role: Role }[]): Member {
  if (!found) throw new Refusal('not-found')
  if (found.group.suspendedAt && signedIn.adds) throw groupIsSuspended()
  const { group, role } = found
  return { ...signedIn, group, role } as unknown as Member
}
