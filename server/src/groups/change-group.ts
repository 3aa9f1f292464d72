import { eq } from 'drizzle-orm'
import { groups } from '#db/schema.ts'
import type { Group, GroupChange } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Transaction } from '#db/connect.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { checkFacts, requireFitting } from './check-facts.ts'
import type { GroupRow, Organizer } from './guards.ts'
import { lockAsOrganizer, lockGroup, promote } from './places.ts'
import { countActive, showGroup } from './show-group.ts'
import { tellPlace } from './tell-place.ts'

/** Changes what was given. More places let in who waits, in order; nobody loses a place by fewer. */
export async function changeGroup(house: House, organizer: Organizer, change: GroupChange): Promise<Group> {
  const { firstSessionAt, ...facts } = checkFacts(house, organizer.account, change)
  return house.db.transaction(async (tx) => {
    const before = await lockAsOrganizer(tx, organizer)
    const { id } = before
    requireFitting({ visibility: facts.visibility ?? before.visibility }, before.organizationId !== null)
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
    await keepChanges(house, tx, organizer, before, group)
    await promote(house, tx, group)
    await tellPlace(house, tx, organizer, before, group)
    return showGroup(tx, group, organizer.role)
  })
}

/** Settings whose values are words of ours: the trail says what they were. Of the others it says that they changed. */
const TOLD = [
  'visibility',
  'admission',
  'rhythm',
  'places',
  'zone',
] as const satisfies readonly (keyof GroupRow)[]
const NAMED = [
  ...['name', 'purpose', 'domains', 'programmeId', 'firstSessionAt'],
  ...['city', 'venue', 'address', 'accessNotes', 'room', 'onlineLink', 'language'],
] as (keyof GroupRow)[]

/** One entry for each setting that is no longer what it was. */
async function keepChanges(
  house: House,
  tx: Transaction,
  { account }: Organizer,
  before: GroupRow,
  after: GroupRow,
): Promise<void> {
  const changed = (setting: keyof GroupRow) =>
    JSON.stringify(before[setting]) !== JSON.stringify(after[setting])
  const details = [
    ...TOLD.filter(changed).map((setting) => ({ setting, from: before[setting], to: after[setting] })),
    ...NAMED.filter(changed).map((setting) => ({ setting })),
  ]
  for (const detail of details)
    await keepAudit(house, tx, {
      action: 'group-changed',
      groupId: after.id,
      actorId: account.id,
      detail,
    })
}
