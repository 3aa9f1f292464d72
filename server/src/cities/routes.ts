import { CITIES_SUGGESTED, cityCalls } from '#shared/cities.ts'
import type { House } from '../house.ts'
import { answer, type App } from '../http.ts'
import { anyone } from '../sign-in/guards.ts'
import { suggestCities } from './gazetteer.ts'

/** One for each letter that somebody types. */
const TYPING = { limit: [240, 60] } as const

export function addCityRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    cityCalls.suggestCities,
    anyone,
    async (_visitor, { query }) =>
      suggestCities(query.words, CITIES_SUGGESTED).map(({ name, country, zone }) => ({
        name,
        country,
        zone,
      })),
    TYPING,
  )
}
