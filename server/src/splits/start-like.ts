import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups } from '#db/schema.ts'
import type { Group } from '#shared/groups.ts'
import { storeWording } from '../agreements/write-agreement.ts'
import { createGroup } from '../groups/create-group.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import { showOrganizationOf, showProgramme } from '../groups/show-group.ts'
import type { House } from '../house.ts'

/**
 * Starts a group with the settings, the programme and the agreement of another one. Words of people stay where they are.
 * @param also what belongs to its start, once
 */
export async function startLike(
  house: House,
  organizer: Organizer,
  { id, name, places }: { id: string; name: string; places?: number },
  also: (tx: Transaction, group: GroupRow) => Promise<void>,
): Promise<Group> {
  const { group } = organizer
  const organization = await showOrganizationOf(house.db, group)
  const draft = {
    id,
    name,
    kind: group.kind,
    purpose: group.purpose,
    visibility: group.visibility,
    admission: group.admission,
    domains: group.domains,
    programmeId: showProgramme(group)?.id ?? null,
    rhythm: group.rhythm,
    zone: group.zone,
    firstSessionAt: null,
    places: places ?? group.places,
    city: group.city,
    venue: group.venue,
    room: group.room,
    onlineLink: group.onlineLink,
    organization: organization?.slug ?? null,
  }
  return createGroup(house, organizer, draft, async (tx, started) => {
    await tx.update(groups).set(alike(group)).where(eq(groups.id, started.id))
    if (group.agreement !== '') await storeWording(tx, started.id, 1, group.agreement, house.now())
    await also(tx, started)
  })
}

const alike = ({ language, latitude, longitude, address, accessNotes, retentionMonths }: GroupRow) => ({
  language,
  latitude,
  longitude,
  address,
  accessNotes,
  retentionMonths,
})
