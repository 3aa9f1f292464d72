import { listeningCalls as calls } from '#shared/listening.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { changeListening } from './change-listening.ts'
import { readListening } from './read-listening.ts'
import { saveStop } from './save-stop.ts'
import { setOffset } from './set-offset.ts'
import { setReached } from './set-reached.ts'

const CHANGING = { limit: [120, 60] } as const

/** All of it is of one person in one episode: nobody hears of it, and no room is told. */
export function addListeningRoutes(house: House, app: App): void {
  answer(house, app, calls.getListening, requireEpisode, (reader) => readListening(house.db, reader))
  answer(
    house,
    app,
    calls.saveStop,
    requireEpisode,
    (reader, { body }) => saveStop(house, reader, body),
    CHANGING,
  )
  answer(
    house,
    app,
    calls.setReached,
    requireEpisode,
    (reader, { body }) => setReached(house, reader, body),
    CHANGING,
  )
  answer(
    house,
    app,
    calls.setOffset,
    requireEpisode,
    (reader, { body }) => setOffset(house, reader, body),
    CHANGING,
  )
  answer(
    house,
    app,
    calls.changeListening,
    requireSignIn,
    (signedIn, { body }) => changeListening(house, signedIn, body),
    CHANGING,
  )
}
