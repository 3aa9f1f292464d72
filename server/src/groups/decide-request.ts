import { and, eq } from 'drizzle-orm'
import { accounts, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Organizer } from './guards.ts'
import { decisionLetter } from './letters.ts'
import { lockAsOrganizer, seat } from './places.ts'
import { sayNext } from './say-next.ts'
import { tellRole } from './tell-role.ts'

/** Lets somebody in who asked, as far as there are places, or declines. They hear by mail either way. */
export async function decideRequest(
  house: House,
  organizer: Organizer,
  accountId: string,
  approve: boolean,
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    const asked = and(
      eq(memberships.groupId, group.id),
      eq(memberships.accountId, accountId),
      eq(memberships.status, 'requested'),
    )
    const [asking] = await tx
      .select({ name: accounts.name, email: accounts.email, role: memberships.role })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(asked)
    if (!asking) throw new Refusal('not-found', 'That request is gone: it was taken back or decided already.')
    if (approve) {
      const status = await seat(house, tx, group, accountId, asking.role)
      await sendMail(house, tx, decisionLetter(house, group, asking, status, await sayNext(house, tx, group)))
    } else {
      await tx.update(memberships).set({ status: 'left', endedAt: house.now() }).where(asked)
      await sendMail(house, tx, decisionLetter(house, group, asking, 'declined'))
    }
  })
  if (approve) await tellRole(house, organizer.group.id, accountId)
  return {}
}
