import { agreementAcceptances } from '#db/schema.ts'
import type { Agreement } from '#shared/agreements.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Member } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockGroup } from '../groups/places.ts'
import type { House } from '../house.ts'
import { readAgreement } from './read-agreement.ts'

/** Says yes to the wording of now; to one that was replaced meanwhile nobody says yes unread. */
export function acceptAgreement(house: House, member: Member, version: number): Promise<Agreement> {
  return house.db.transaction(async (tx) => {
    const group = await lockGroup(tx, member.group.id)
    requireOpenGroup(group)
    if (version !== group.agreementVersion || group.agreement === '')
      throw new Refusal(
        'conflict',
        'The agreement has another wording by now. Reload the page, read it, and accept that one.',
      )
    await tx
      .insert(agreementAcceptances)
      .values({ groupId: group.id, version, accountId: member.account.id, acceptedAt: house.now() })
      .onConflictDoNothing()
    return readAgreement(tx, member)
  })
}
