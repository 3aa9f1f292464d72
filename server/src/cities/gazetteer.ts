import { cityMapping } from 'city-timezones'
import { distanceOf, fold } from '#shared/cities.ts'
import { OTHER_NAMES } from './other-names.ts'

/** A city that we know where it is. */
export type City = {
  /** As short as it can be said and still means this one: "Zürich", "Springfield, Illinois". */
  name: string
  country: string
  latitude: number
  longitude: number
  /** IANA name; a few places at the poles have none. */
  zone: string | null
  people: number
}

/** With everything that it may be called, as it is written and as it is compared. */
type Known = City & { sayings: { words: string; folded: string; alone: boolean }[] }

/** Kilometres. */
const SAME_CITY = 30
/** Letters before other names than the usual one are thought of. */
const ENOUGH_LETTERS = 3

let known: { cities: Known[]; bySaying: Map<string, Known> } | undefined

/** Read when it is first asked for: 7,300 cities, the big ones first. */
function gazetteer() {
  known ??= read()
  return known
}

function read() {
  const listed = [...cityMapping]
    .sort((one, other) => other.pop - one.pop)
    .map(({ city, city_ascii, province, country, lat, lng, timezone, pop }): Known => {
      const names = [...new Set([city, city_ascii, ...(OTHER_NAMES[city_ascii] ?? [])])]
      const parts = [
        [],
        ...(province ? [[province]] : []),
        [country],
        ...(province ? [[province, country]] : []),
      ]
      return {
        name: city,
        country,
        latitude: lat,
        longitude: lng,
        zone: zoneOrNone(timezone),
        people: Math.round(pop),
        sayings: names
          .flatMap((name) =>
            parts.map((rest) => ({ words: [name, ...rest].join(', '), alone: rest.length === 0 })),
          )
          .map((saying) => ({ ...saying, folded: fold(saying.words) })),
      }
    })
  // Of two with the same name the bigger one is meant, until more is said.
  const bySaying = new Map<string, Known>()
  const cities: Known[] = []
  for (const city of listed) {
    const bigger = city.sayings.map(({ folded }) => bySaying.get(folded)).find(Boolean)
    // Listed twice, in two languages.
    if (bigger?.country === city.country && distanceOf(bigger, city) < SAME_CITY) continue
    for (const { folded } of city.sayings) if (!bySaying.has(folded)) bySaying.set(folded, city)
    cities.push(city)
  }
  for (const city of cities) {
    city.name = city.sayings.find(({ folded }) => bySaying.get(folded) === city)?.words ?? city.name
  }
  return { cities, bySaying }
}

const zones = new Map<string, string | null>()

function zoneOrNone(zone: string | null): string | null {
  if (!zone) return null
  const tried = zones.get(zone)
  if (tried !== undefined) return tried
  let usable: string | null = zone
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    usable = null
  }
  zones.set(zone, usable)
  return usable
}

/** The city that somebody means: "zurich", "Springfield, Illinois", "Köln". Nothing when we know of none. */
export function findCity(text: string): City | undefined {
  const folded = fold(text)
  const city = gazetteer().bySaying.get(folded)
  // In the language in which it was asked for.
  const asked = city?.sayings.find((saying) => saying.alone && saying.folded === folded)
  return city && { ...city, name: asked?.words ?? city.name }
}

/**
 * Cities that a name which is being typed may become: who is called just so, then the big ones. Each is named as it was
 * typed, in whichever language, as long as that means no other.
 */
export function suggestCities(text: string, most: number): City[] {
  const begun = fold(text)
  if (!begun) return []
  const { cities, bySaying } = gazetteer()
  const whole: City[] = []
  const longer: City[] = []
  for (const city of cities) {
    const saying = city.sayings.find(({ folded }) => folded.startsWith(begun))
    if (!saying || (begun.length < ENOUGH_LETTERS && saying !== city.sayings[0])) continue
    const named = { ...city, name: bySaying.get(saying.folded) === city ? saying.words : city.name }
    if (city.sayings.some(({ folded }) => folded === begun)) whole.push(named)
    else if (longer.length < most) longer.push(named)
  }
  return [...whole, ...longer].slice(0, most)
}

/** For rehearsals with many groups. */
export const bigCities = (most: number): City[] => gazetteer().cities.slice(0, most)
