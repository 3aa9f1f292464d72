import type { Group } from '#shared/groups.ts'

type Place = Pick<Group, 'slug' | 'name'>

/** The group whose pages were open last in this window, so that the guide leads back to it. Only the browser writes it. */
export const lastGroup = $state<{ place: Place | undefined }>({ place: undefined })
