import type { Reader } from '#db/connect.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { findColleague } from './find-colleague.ts'

/** Whether somebody is a colleague of the organization that something belongs to; of none, nobody is. */
export async function isColleagueOf(
  house: House,
  reader: Reader,
  account: AccountRow | undefined,
  organizationId: string | null,
): Promise<boolean> {
  if (!account || organizationId === null) return false
  return (await findColleague(house, reader, account, { id: organizationId })) !== undefined
}
