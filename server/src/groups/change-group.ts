import { eq } from 'drizzle-orm'
import { groups } from '#db/schema.ts'
import type { Group, GroupChange } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { checkFacts } from './check-facts.ts'
import type { Organizer } from './guards.ts'
import { lockAsOrganizer, lockGroup, promote } from './places.ts'
import { countActive, showGroup } from './show-group.ts'

/** Changes what was given. More places let in who waits, in order; nobody loses a place by fewer. */
export async function changeGroup(house: House, organizer: Organizer, change: GroupChange): Promise<Group> {
  const { firstSessionAt, ...facts } = checkFacts(house, organizer.account, change)
  return house.db.transaction(async (tx) => {
    const { id } = await lockAsOrganizer(tx, organizer)
    const taken = await countActive(tx, id)
    if (facts.places !== undefined && facts.places < taken) {
      throw new Refusal(
        'invalid',
        `${taken} members have a place already, so there can't be fewer than ${taken}.`,
        'places',
      )
    }
    const set = {
      ...facts,
      ...(firstSessionAt === undefined
        ? {}
        : { firstSessionAt: firstSessionAt === null ? null : new Date(firstSessionAt) }),
    }
    if (Object.keys(set).length > 0) await tx.update(groups).set(set).where(eq(groups.id, id))
    const group = await lockGroup(tx, id)
    await promote(house, tx, group)
    return showGroup(tx, group, organizer.role)
  })
}
