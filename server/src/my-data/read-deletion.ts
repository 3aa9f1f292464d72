import { and, eq, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts } from '#db/schema.ts'
import type { AccountDeletion } from '#shared/my-data.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { onlyAdminOf } from '../organizations/only-admin-of.ts'
import { sortMyGroups, type NamedGroup } from './sort-my-groups.ts'

/** What deleting my account would mean, before I do it. */
export async function readDeletion(house: House, { account }: SignedIn): Promise<AccountDeletion> {
  const { handOver, deleted, closed } = await sortMyGroups(house.db, account.id)
  const shown = ({ slug, name }: Pick<NamedGroup, 'slug' | 'name'>) => ({ slug, name })
  return {
    proof: account.passwordHash === null ? 'email' : 'password',
    onlyOperator: account.operator && !(await hasOtherOperator(house.db, account.id)),
    onlyAdmin: (await onlyAdminOf(house.db, account.id)).filter(({ others }) => others).map(shown),
    handOver: handOver.map(shown),
    deleted: deleted.map(shown),
    closed: closed.map(shown),
  }
}

export async function hasOtherOperator(reader: Reader, accountId: string): Promise<boolean> {
  const [other] = await reader
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.operator, true), ne(accounts.id, accountId)))
    .limit(1)
  return other !== undefined
}
