import { and, eq, notInArray } from 'drizzle-orm'
import { mutedReminders } from '#db/schema.ts'
import type { MyReminders } from '#shared/reminders.ts'
import { REMINDERS } from '#shared/words.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

export async function getReminders(house: House, { account }: SignedIn): Promise<MyReminders> {
  const rows = await house.db.select().from(mutedReminders).where(eq(mutedReminders.accountId, account.id))
  return { muted: REMINDERS.filter((kind) => rows.some((row) => row.kind === kind)) }
}

export async function muteReminders(
  house: House,
  signedIn: SignedIn,
  { muted }: MyReminders,
): Promise<MyReminders> {
  const accountId = signedIn.account.id
  await house.db.transaction(async (tx) => {
    const mine = eq(mutedReminders.accountId, accountId)
    await tx
      .delete(mutedReminders)
      .where(muted.length > 0 ? and(mine, notInArray(mutedReminders.kind, muted)) : mine)
    if (muted.length > 0)
      await tx
        .insert(mutedReminders)
        .values(muted.map((kind) => ({ accountId, kind })))
        .onConflictDoNothing()
  })
  return getReminders(house, signedIn)
}
