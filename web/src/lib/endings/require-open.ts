import { error } from '@sveltejs/kit'
import type { Group } from '#shared/groups.ts'

/** For `load` of pages that add something to a group: in one that has ended there is nothing to add. */
export function requireOpen({ endedAt }: Group): void {
  if (endedAt !== null)
    error(
      409,
      'This group has ended, so nothing is added to it. An organizer can take it up again in its settings.',
      {
        code: 'conflict',
      },
    )
}
