import { eq } from 'drizzle-orm'
import { groups } from '#db/schema.ts'
import { welcomesByItself, type GuestSetting } from '#shared/guests.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockAsOrganizer } from '../groups/places.ts'
import type { House } from '../house.ts'

export const readGuestSetting = async ({ group }: { group: GroupRow }): Promise<GuestSetting> => ({
  guestsWelcome: group.guestsWelcome,
  welcomes: welcomesByItself(group),
  possible: group.visibility === 'public' || group.visibility === 'unlisted',
})

/** For sessions that say nothing themselves. Whoever has a place keeps it. */
export async function setGuestsWelcome(
  house: House,
  organizer: Organizer,
  guestsWelcome: boolean | null,
): Promise<GuestSetting> {
  return house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    requireOpenGroup(group)
    if (group.guestsWelcome !== guestsWelcome) {
      await tx.update(groups).set({ guestsWelcome }).where(eq(groups.id, group.id))
      await keepAudit(house, tx, {
        action: 'group-changed',
        groupId: group.id,
        actorId: organizer.account.id,
        detail: { setting: 'guestsWelcome', from: group.guestsWelcome, to: guestsWelcome },
      })
    }
    return readGuestSetting({ group: { ...group, guestsWelcome } })
  })
}
