import { and, eq, inArray } from 'drizzle-orm'
import { colleagues, groups, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin } from '../organizations/guards.ts'
import { lockAsAdmin } from '../organizations/lock-organization.ts'

/** Somebody is at the company again. They are in no group by that, but the doors that closed with them stand open. */
export async function welcomeBack(house: House, admin: Admin, accountId: string): Promise<object> {
  await house.db.transaction(async (tx) => {
    const { id: organizationId } = await lockAsAdmin(tx, admin)
    const theirs = and(eq(colleagues.organizationId, organizationId), eq(colleagues.accountId, accountId))
    const [before] = await tx.select().from(colleagues).where(theirs)
    if (!before) throw new Refusal('not-found')
    if (before.status === 'active') return
    await tx
      .update(colleagues)
      .set({ status: 'active', role: 'colleague', joinedAt: house.now(), endedAt: null })
      .where(theirs)
    if (before.endedAt) {
      const inIt = tx.select({ id: groups.id }).from(groups).where(eq(groups.organizationId, organizationId))
      await tx
        .update(memberships)
        .set({ status: 'left' })
        .where(
          and(
            eq(memberships.accountId, accountId),
            eq(memberships.status, 'removed'),
            eq(memberships.endedAt, before.endedAt),
            inArray(memberships.groupId, inIt),
          ),
        )
    }
    await keepAudit(house, tx, {
      action: 'colleague-welcomed',
      organizationId,
      actorId: admin.account.id,
      subjectId: accountId,
    })
  })
  return {}
}
