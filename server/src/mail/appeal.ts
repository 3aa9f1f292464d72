import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts } from '#db/schema.ts'
import type { House } from '../house.ts'

/** Where people appeal: what the operator says, or else the address of whoever has run this instance longest. */
export async function appealAddress({ config }: House, reader: Reader): Promise<string> {
  if (config.contact) return config.contact
  const [operator] = await reader
    .select({ email: accounts.email })
    .from(accounts)
    .where(eq(accounts.operator, true))
    .orderBy(asc(accounts.createdAt))
    .limit(1)
  return operator?.email ?? config.origin
}

/** What every mail says that tells somebody no. */
export const appealLine = async (house: House, reader: Reader): Promise<string> =>
  `The rules of this place stand at ${house.config.origin}/rules. If you think that they were not kept, write to ${await appealAddress(house, reader)}.`
