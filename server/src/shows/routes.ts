import { showCalls as calls } from '#shared/shows.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { LARGEST_BODY } from '../episodes/routes.ts'
import { requireFacilitator, requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { repeatLooking } from './check-show.ts'
import { dismissItem } from './dismiss-item.ts'
import { changeShowAddress, followShow } from './follow-show.ts'
import { requireItem, requireItemKeeper, requireShow, requireShowKeeper } from './guards.ts'
import { importItem, previewItem } from './import-item.ts'
import { lookNow } from './look-now.ts'
import { readOrigin, settleText } from './newer-text.ts'
import { getShow, listShows } from './read-shows.ts'
import { stopFollowing } from './stop-following.ts'

export function addShowRoutes(house: House, app: App): void {
  repeatLooking(house)

  answer(house, app, calls.listShows, requireMember, (member) => listShows(house, member))
  answer(house, app, calls.getShow, requireShow, (reader) => getShow(house, reader))
  answer(house, app, calls.getEpisodeOrigin, requireEpisode, async (reader) => ({
    origin: await readOrigin(house, reader),
  }))
  answer(house, app, calls.stopFollowing, requireShowKeeper, async (keeper) => {
    await stopFollowing(house, keeper)
    return {}
  })
  answer(house, app, calls.dismissShowItem, requireItemKeeper, async (keeper, { body }) => {
    await dismissItem(house, keeper, body.dismissed)
    return {}
  })
  answer(house, app, calls.settleShowItem, requireItem, async (reader, { body }) => {
    await settleText(house, reader, body.mark)
    return {}
  })

  // Each of these makes our server fetch from somebody else's.
  const fetching = { limit: [30, 600] } as const
  answer(
    house,
    app,
    calls.followShow,
    requireFacilitator,
    (facilitator, { body }) => followShow(house, facilitator, body),
    fetching,
  )
  answer(
    house,
    app,
    calls.changeShowAddress,
    requireShowKeeper,
    (keeper, { body }) => changeShowAddress(house, keeper, body.url),
    fetching,
  )
  answer(house, app, calls.lookAtShow, requireShowKeeper, (keeper) => lookNow(house, keeper), fetching)
  answer(house, app, calls.previewShowItem, requireItem, (reader) => previewItem(house, reader), fetching)
  answer(
    house,
    app,
    calls.importShowItem,
    requireItem,
    (reader, { body }) => importItem(house, reader, body),
    { limit: [60, 600], bodyLimit: LARGEST_BODY },
  )
}
