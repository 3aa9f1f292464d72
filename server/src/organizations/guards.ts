import type { FastifyRequest } from 'fastify'
import type { OrganizationRole } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Guard } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn, type SignedIn } from '../sign-in/guards.ts'
import { findColleague, type OrganizationRow } from './find-colleague.ts'

declare const proven: unique symbol

/** An active colleague of the organization in the path (`/api/organizations/:slug/…`). Only the guards here make one. */
export type Colleague = SignedIn & {
  readonly organization: OrganizationRow
  readonly role: OrganizationRole
  readonly [proven]: 'colleague'
}
/** A colleague who decides about the organization and who is in it. */
export type Admin = Colleague & { readonly role: 'admin' }
/** A colleague who reads the counts of the organization: HR and admins. */
export type Hr = Colleague & { readonly role: 'hr' | 'admin' }

/** Whoever is no active colleague is told that there is no such organization. */
export async function requireColleague(house: House, request: FastifyRequest): Promise<Colleague> {
  const signedIn = await requireSignIn(house, request)
  const { slug } = request.params as { slug: string }
  const found = await findColleague(house, house.db, signedIn.account, { slug })
  if (!found) throw new Refusal('not-found')
  return { ...signedIn, ...found } as Colleague
}

export const requireAdmin = withRole<Admin>('Ask one of its admins.', 'admin')
export const requireHr = withRole<Hr>('Ask one of its admins, or HR.', 'hr', 'admin')

function withRole<Proof extends Colleague>(whom: string, ...roles: OrganizationRole[]): Guard<Proof> {
  return async function requireOrganizationRole(house, request) {
    const colleague = await requireColleague(house, request)
    if (!roles.includes(colleague.role))
      throw new Refusal('not-allowed', `Your role in this organization does not allow that. ${whom}`)
    return colleague as Proof
  }
}
