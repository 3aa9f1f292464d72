import { and, asc, eq } from 'drizzle-orm'
import { accounts, blockedPeople } from '#db/schema.ts'
import type { BlockedPerson } from '#shared/moderation.ts'
import { Refusal } from '#shared/refusals.ts'
import { findInvite } from '../groups/read-invite.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { findMet } from './targets.ts'

const MOST_SHOWN = 500

/** Blocks somebody I know of. They are not told, and a second time changes nothing. */
export async function blockPerson(house: House, { account }: SignedIn, blockedId: string): Promise<object> {
  if (blockedId === account.id) throw new Refusal('invalid', 'That is you.')
  const met = await findMet(house.db, account, blockedId)
  if (!met) throw new Refusal('not-found')
  return keepBlocked(house, account.id, blockedId)
}

/** Blocks whoever mailed an invite to my address, whom I may never have met. */
export async function blockInviter(house: House, { account }: SignedIn, token: string): Promise<object> {
  const { invite } = await findInvite(house, house.db, token)
  if (!invite.createdBy || invite.email !== account.email || !account.verifiedAt)
    throw new Refusal('not-found')
  return keepBlocked(house, account.id, invite.createdBy)
}

async function keepBlocked({ db, now }: House, accountId: string, blockedId: string): Promise<object> {
  await db.insert(blockedPeople).values({ accountId, blockedId, since: now() }).onConflictDoNothing()
  return {}
}

export async function unblockPerson(
  { db }: House,
  { account }: SignedIn,
  blockedId: string,
): Promise<object> {
  await db
    .delete(blockedPeople)
    .where(and(eq(blockedPeople.accountId, account.id), eq(blockedPeople.blockedId, blockedId)))
  return {}
}

export async function listBlocked({ db }: House, { account }: SignedIn): Promise<BlockedPerson[]> {
  const blocked = await db
    .select({ id: accounts.id, name: accounts.name, since: blockedPeople.since })
    .from(blockedPeople)
    .innerJoin(accounts, eq(accounts.id, blockedPeople.blockedId))
    .where(eq(blockedPeople.accountId, account.id))
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(MOST_SHOWN)
  return blocked.map((one) => ({ ...one, since: one.since.toISOString() }))
}
