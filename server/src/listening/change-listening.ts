import { listeningSettings } from '#db/schema.ts'
import type { ListeningSettings } from '#shared/listening.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { readSettings } from './read-listening.ts'

/** Changes what is said, and leaves the rest as it is. */
export async function changeListening(
  house: House,
  { account }: SignedIn,
  changed: Partial<ListeningSettings>,
): Promise<ListeningSettings> {
  if (Object.keys(changed).length > 0)
    await house.db
      .insert(listeningSettings)
      .values({ accountId: account.id, ...changed })
      .onConflictDoUpdate({ target: listeningSettings.accountId, set: changed })
  return readSettings(house.db, account.id)
}
