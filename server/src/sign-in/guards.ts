import type { FastifyRequest } from 'fastify'
import type { accounts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { cookieName, readSignIn } from './engine.ts'
import { hashToken } from '../links.ts'

declare const proven: unique symbol

export type AccountRow = typeof accounts.$inferSelect

/** Anybody: a stranger, or somebody who is signed in. */
export type Visitor = { readonly account: AccountRow | undefined; readonly signInId: string | undefined }
/** Somebody who is signed in. Only `requireSignIn` makes one. */
export type SignedIn = {
  readonly account: AccountRow
  readonly signInId: string
  /** What is asked adds or changes something; it neither reads nor takes away. */
  readonly adds: boolean
  readonly [proven]: 'signed in'
}
/** Signed in, with a confirmed address. */
export type Verified = SignedIn & { readonly account: { readonly verifiedAt: Date } }
/** Whoever runs this instance. */
export type Operator = SignedIn & { readonly account: { readonly operator: true } }

const visitors = new WeakMap<FastifyRequest, Promise<Visitor>>()

/** Reads the cookie once a request, however many guards ask. */
export function anyone(house: House, request: FastifyRequest): Promise<Visitor> {
  const known = visitors.get(request)
  if (known) return known
  const visitor = readVisitor(house, request.cookies[cookieName(house.config)])
  visitors.set(request, visitor)
  return visitor
}

/** Which sign-in the cookie speaks of. That it is there and has not ended says only `requireSignIn`. */
export const signInIdOf = ({ config }: House, { cookies }: FastifyRequest): string =>
  hashToken(cookies[cookieName(config)] ?? '')

async function readVisitor(house: House, token: string | undefined): Promise<Visitor> {
  const signIn = token ? await readSignIn(house, token) : undefined
  if (!signIn || signIn.account.suspendedAt !== null) return { account: undefined, signInId: undefined }
  return signIn
}

export async function requireSignIn(house: House, request: FastifyRequest): Promise<SignedIn> {
  const { account, signInId } = await anyone(house, request)
  if (!account || !signInId) throw new Refusal('not-signed-in')
  const adds = !['GET', 'HEAD', 'DELETE'].includes(request.method)
  return { account, signInId, adds } as SignedIn
}

export async function requireVerified(house: House, request: FastifyRequest): Promise<Verified> {
  const signedIn = await requireSignIn(house, request)
  if (!signedIn.account.verifiedAt) throw new Refusal('not-verified')
  return signedIn as Verified
}

/** Everybody else hears "not found", so the operator's pages can't be probed. */
export async function requireOperator(house: House, request: FastifyRequest): Promise<Operator> {
  const { account, signInId } = await anyone(house, request)
  if (!account?.operator || !signInId) throw new Refusal('not-found')
  return { account, signInId } as Operator
}
