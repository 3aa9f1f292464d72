import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, mailLinks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { AccountRow } from './guards.ts'
import { endSignIns } from './mail-links.ts'

/**
 * The account of a mailbox whose owner just proved it; one without a password is made when there is none. It opens no
 * sign-in. An account that somebody else may have made with this address loses the password and the name they chose.
 */
export async function accountOfMailbox(
  house: House,
  tx: Transaction,
  { email, name, zone }: { email: string; name: string; zone: string },
): Promise<AccountRow> {
  const now = house.now()
  const [made] = await tx
    .insert(accounts)
    .values({ email, name, zone, verifiedAt: now, createdAt: now })
    .onConflictDoNothing()
    .returning()
  if (made) return made
  const [account] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('no key update')
  if (!account) throw new Refusal('conflict')
  if (account.suspendedAt) throw new Refusal('suspended')
  if (account.verifiedAt) return account
  const proven = { name, verifiedAt: now, passwordHash: null }
  await tx.update(accounts).set(proven).where(eq(accounts.id, account.id))
  await tx.delete(mailLinks).where(eq(mailLinks.accountId, account.id))
  await endSignIns(house, tx, account.id)
  return { ...account, ...proven }
}
