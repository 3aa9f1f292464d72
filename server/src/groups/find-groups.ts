import type { SQL } from 'drizzle-orm'
import { USUAL_RADIUS } from '#shared/cities.ts'
import type { Input, Output } from '#shared/contract.ts'
import type { groupCalls } from '#shared/group-calls.ts'
import { GROUPS_SHOWN, type FoundGroup } from '#shared/groups.ts'
import { languageOf } from '#shared/languages.ts'
import { Refusal } from '#shared/refusals.ts'
import { findCity } from '../cities/gazetteer.ts'
import type { House } from '../house.ts'
import { readCursor, writeCursor, type Cursor } from './find-cursor.ts'
import {
  countGroups,
  searchGroups,
  searchResting,
  wordsIn,
  type FoundRow,
  type Search,
} from './search-groups.ts'

type Wish = Input<typeof groupCalls.findGroups>['query']
type Found = Output<typeof groupCalls.findGroups>

/** Counting stops here: "99 and more" says as much. */
const MOST_COUNTED = 99
const FURTHER = 100

/** Public groups that fit everything given: the nearest first when a place is given, else those that meet soonest. */
export async function findGroups(house: House, wish: Wish): Promise<Found> {
  const { search, city } = understand(wish)
  const sorted = search.near ? 'near' : 'time'
  const after = wish.after ? readCursor(wish.after, sorted, house.now()) : undefined
  const now = after?.asOf ?? house.now()
  const nothing = asksForNothing(wish, search)
  const rows = nothing ? [] : await readPage(house, search, now, after)
  const shown = rows.slice(0, GROUPS_SHOWN)
  const last = shown.at(-1)
  return {
    groups: shown.map((row) => show(row, now)),
    more: last && rows.length > GROUPS_SHOWN ? writeCursor(placeOf(last, search, now)) : null,
    city: city ? { name: city.name, country: city.country } : null,
    otherwise: rows.length === 0 && !after && !nothing ? await countOtherwise(house, search, now) : null,
  }
}

/** What was asked, checked. A city that we can't place is looked for by its name. */
function understand({ words = '', city: asked = '', within, weekday, language, meets }: Wish) {
  const city = asked.trim() ? findCity(asked) : undefined
  if (within !== undefined && !asked.trim())
    throw new Refusal('invalid', 'Say which city is in the middle, then how far from it.', 'city')
  if (within !== undefined && !city)
    throw new Refusal(
      'invalid',
      `We don’t know where “${asked.trim()}” is. Choose a bigger city nearby; from there a distance can be counted.`,
      'city',
    )
  const search: Search = {
    words: city ? words : `${words} ${asked}`,
    near: city && {
      latitude: city.latitude,
      longitude: city.longitude,
      kilometres: within ?? USUAL_RADIUS,
    },
    weekday,
    language: language ? languageOf(language) : undefined,
    meets,
  }
  if (wordsIn(search.words).length === 0) search.words = ''
  return { search, city }
}

/** Only signs, such as "%": they stand for themselves, and no group is called that. */
const asksForNothing = ({ words = '', city = '' }: Wish, search: Search) =>
  search.words === '' && !search.near && Boolean(words.trim() || city.trim())

/** Groups that meet, and after the last of them those that have no date yet. */
async function readPage(house: House, search: Search, now: Date, after?: Cursor): Promise<GroupRow[]> {
  const rows = await read(house, searchGroups(search, now, after))
  const found = rows.filter(isGroup)
  // Where there are few, those without a date were sorted along.
  const isWhole = !rows[0]?.many || search.weekday !== undefined
  if (isWhole || found.length > GROUPS_SHOWN) return found
  const resting = await read(house, searchResting(search, now, after))
  return [...found, ...resting.filter(isGroup)].slice(0, GROUPS_SHOWN + 1)
}

type GroupRow = FoundRow & { id: string }
const isGroup = (row: FoundRow): row is GroupRow => row.id !== null

const read = async (house: House, query: SQL): Promise<FoundRow[]> =>
  (await house.db.execute<FoundRow>(query)).rows

async function countOtherwise(house: House, search: Search, now: Date): Promise<Found['otherwise']> {
  const { near } = search
  const count = async (other: Search) => {
    const { rows } = await house.db.execute<{ groups: number }>(countGroups(other, now, MOST_COUNTED))
    return rows[0]?.groups ?? 0
  }
  return {
    further:
      near && near.kilometres < FURTHER
        ? { kilometres: FURTHER, groups: await count({ ...search, near: { ...near, kilometres: FURTHER } }) }
        : null,
    online: near || search.meets ? await count({ ...search, near: undefined, meets: 'online' }) : 0,
  }
}

function placeOf(row: GroupRow, { near }: Search, asOf: Date): Cursor {
  const { id } = row
  if (near) return { of: 'near', kilometres: row.kilometres ?? 0, id, asOf }
  if (row.next_starts_at !== null) return { of: 'time', startsAt: new Date(row.next_starts_at), id, asOf }
  return { of: 'rest', made: new Date(row.created_at), id, asOf }
}

function show(row: GroupRow, now: Date): FoundGroup {
  const { slug, name, purpose, kind, city, language, online, rhythm, zone, places } = row
  const { next_id, next_title, next_starts_at, next_ends_at, first_session_at, kilometres } = row
  return {
    slug,
    name,
    purpose,
    kind,
    city,
    language,
    inPerson: row.in_person,
    online,
    rhythm,
    zone,
    places,
    memberCount: row.member_count,
    firstSessionAt:
      first_session_at !== null && first_session_at > now.getTime() ? instant(first_session_at) : null,
    next:
      next_id !== null && next_title !== null && next_starts_at !== null && next_ends_at !== null
        ? { id: next_id, title: next_title, startsAt: instant(next_starts_at), endsAt: instant(next_ends_at) }
        : null,
    kilometres: kilometres === null ? null : Math.round(kilometres * 10) / 10,
  }
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString()
