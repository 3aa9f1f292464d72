import type { Brief } from '#shared/groups.ts'
import { findProgramme, findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { Member } from './guards.ts'
import { namesOfOrganizers } from './read-public-group.ts'

/** What HR reads about a group on paper: facts that any member may hand over, nothing that was said. */
export async function readBrief(house: House, { account, group, role }: Member): Promise<Brief> {
  const programme = group.programmeId === null ? undefined : findProgramme(group.programmeId)
  return {
    organizers: await namesOfOrganizers(house, group.id),
    contact: role === 'organizer' ? account.email : null,
    programme: programme
      ? {
          title: programme.title,
          purpose: programme.purpose,
          openEnded: programme.openEnded,
          sessions: programme.sessions.flatMap(({ template }) => {
            const found = findTemplate(template)
            return found ? [{ title: found.title, minutes: found.minutes }] : []
          }),
        }
      : null,
  }
}
