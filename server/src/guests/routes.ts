import { guestCalls as calls } from '#shared/guests.ts'
import { requireFacilitator, requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair } from '../sessions/guards.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { askAsGuest } from './ask-as-guest.ts'
import { comeAsGuest, confirmGuest } from './come-as-guest.ts'
import { requireAskedFor, requireMyOpenDoor, requireOpenDoor } from './guards.ts'
import { readGuestSetting, setGuestsWelcome } from './guests-welcome.ts'
import { listMyGuestSessions } from './list-my-guest-sessions.ts'
import { readGuestRequest } from './read-guest-request.ts'
import { remindGuests } from './remind-guests.ts'
import { removeGuest } from './remove-guest.ts'

/** Calls from one network: many people may sit behind it, and each of these mails somebody. */
const ASKING = { limit: [20, 600] } as const
const LOOKING = { limit: [60, 60] } as const

export function addGuestRoutes(house: House, app: App): void {
  house.jobs.repeat('remind-guests', '*/10 * * * *', () => remindGuests(house))

  answer(
    house,
    app,
    calls.askAsGuest,
    requireOpenDoor,
    (door, { body }) => askAsGuest(house, door, body),
    ASKING,
  )
  answer(house, app, calls.comeAsGuest, requireMyOpenDoor, (door) => comeAsGuest(house, door), ASKING)
  answer(
    house,
    app,
    calls.readGuestRequest,
    requireAskedFor,
    (asked) => readGuestRequest(house, asked),
    LOOKING,
  )
  answer(house, app, calls.confirmGuest, requireAskedFor, (asked) => confirmGuest(house, asked), LOOKING)
  answer(house, app, calls.listMyGuestSessions, requireSignIn, (signedIn) =>
    listMyGuestSessions(house, signedIn),
  )
  answer(house, app, calls.removeGuest, requireChair, (chair, { params }) =>
    removeGuest(house, chair, params.accountId),
  )
  answer(house, app, calls.readGuestSetting, requireFacilitator, (member) => readGuestSetting(member))
  answer(house, app, calls.setGuestsWelcome, requireOrganizer, (organizer, { body }) =>
    setGuestsWelcome(house, organizer, body.guestsWelcome),
  )
}
