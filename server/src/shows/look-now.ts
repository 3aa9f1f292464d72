import { Refusal } from '#shared/refusals.ts'
import { LOOK_AGAIN_AFTER, type Show } from '#shared/shows.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { checkShow } from './check-show.ts'
import type { ShowReader } from './guards.ts'
import { getShow } from './read-shows.ts'

/** Asks the feed at once. Its server is somebody else's, so not more than once a minute. */
export async function lookNow(house: House, keeper: ShowReader<Facilitator>): Promise<Show> {
  requireOpenGroup(keeper.member.group)
  const { show } = keeper
  if (house.now().getTime() - show.checkedAt.getTime() < LOOK_AGAIN_AFTER)
    throw new Refusal('too-many', 'The feed was asked less than a minute ago. Try again in a minute.')
  await checkShow(house, show)
  return getShow(house, keeper)
}
