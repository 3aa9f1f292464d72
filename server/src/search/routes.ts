import { searchCalls as calls } from '#shared/search.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { search } from './search.ts'

export function addSearchRoutes(house: House, app: App): void {
  answer(house, app, calls.search, requireSignIn, (signedIn, { query }) => search(house, signedIn, query), {
    // Somebody who types asks a few times a word.
    limit: [240, 60],
  })
}
