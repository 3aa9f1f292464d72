import { and, eq, gt, isNotNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, mailLinks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import type { AccountRow } from '../sign-in/guards.ts'

declare const proven: unique symbol

/** The right to take one's data along without signing in, while the account is suspended. */
export type DataOwner = { readonly account: AccountRow; readonly [proven]: 'data link' }

export async function requireDataLink(house: House, request: FastifyRequest): Promise<DataOwner> {
  const { token } = request.params as { token: string }
  const [found] = await house.db
    .select({ account: accounts })
    .from(mailLinks)
    .innerJoin(accounts, eq(accounts.id, mailLinks.accountId))
    .where(
      and(
        eq(mailLinks.tokenHash, hashToken(token)),
        eq(mailLinks.purpose, 'my-data'),
        gt(mailLinks.expiresAt, house.now()),
        isNotNull(accounts.suspendedAt),
      ),
    )
  if (!found)
    throw new Refusal(
      'link-used-up',
      'This link has expired, or a newer one was mailed. Ask for a sign-in link, and the mail has a new one.',
    )
  return found as DataOwner
}
