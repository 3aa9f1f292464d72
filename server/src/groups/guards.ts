import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
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
  return findMember(house, signedIn, eq(groups.slug, slug))
}

export const requireFacilitator = withRole<Facilitator>('facilitator', 'organizer')
export const requireOrganizer = withRole<Organizer>('organizer')

/** For guards of other features, which know the group by its id: being in it, or "not found". */
export async function requireMemberOf(house: House, signedIn: SignedIn, groupId: string): Promise<Member> {
  return findMember(house, signedIn, eq(groups.id, groupId))
}

export const mayFacilitate = (member: Member): member is Facilitator => member.role !== 'member'

function withRole<Proof extends Member>(...roles: Role[]): Guard<Proof> {
  return async function requireRole(house, request) {
    const member = await requireMember(house, request)
    if (!roles.includes(member.role)) throw new Refusal('not-allowed')
    return member as Proof
  }
}

async function findMember(house: House, signedIn: SignedIn, which: ReturnType<typeof eq>): Promise<Member> {
  const [found] = await house.db
    .select({ group: groups, role: memberships.role })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(and(which, eq(memberships.accountId, signedIn.account.id), eq(memberships.status, 'active')))
  if (!found) throw new Refusal('not-found')
  if (found.group.suspendedAt && signedIn.adds) throw groupIsSuspended()
  return { ...signedIn, ...found } as unknown as Member
}
