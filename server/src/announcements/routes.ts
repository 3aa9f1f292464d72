import { announcementCalls as calls } from '#shared/announcements.ts'
import { requireFacilitator, requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { announce } from './announce.ts'
import { editAnnouncement, withdrawAnnouncement } from './edit-announcement.ts'
import { listAnnouncements } from './list-announcements.ts'
import { muteAnnouncements } from './mute-announcements.ts'

/** Each may mail the whole group. */
const MAILING = { limit: [10, 3600] } as const

export function addAnnouncementRoutes(house: House, app: App): void {
  answer(house, app, calls.listAnnouncements, requireMember, (member) => listAnnouncements(house, member))
  answer(
    house,
    app,
    calls.announce,
    requireFacilitator,
    (facilitator, { body }) => announce(house, facilitator, body),
    MAILING,
  )
  answer(house, app, calls.editAnnouncement, requireFacilitator, (facilitator, { params, body }) =>
    editAnnouncement(house, facilitator, params.id, body),
  )
  answer(house, app, calls.withdrawAnnouncement, requireFacilitator, async (facilitator, { params }) => {
    await withdrawAnnouncement(house, facilitator, params.id)
    return {}
  })
  answer(house, app, calls.muteAnnouncements, requireMember, async (member, { body }) => {
    await muteAnnouncements(house, member, body.muted)
    return {}
  })
}
