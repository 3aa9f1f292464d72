import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from './guards.ts'

/** @throws Refusal while the organization has not said yes: until then nobody is let in. */
export function requireApproved({ approval }: Pick<GroupRow, 'approval'>): void {
  switch (approval) {
    case 'none':
    case 'approved':
      return
    case 'waiting':
      throw new Refusal(
        'conflict',
        'This group waits for a yes of its organization, and takes nobody in until then. Its organizers get a mail.',
      )
    case 'declined':
      throw new Refusal(
        'conflict',
        'The organization declined this group, so it takes nobody in. An organizer can ask again, or take it out of the organization, in its settings.',
      )
  }
}
