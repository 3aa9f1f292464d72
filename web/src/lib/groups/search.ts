import { WAYS, type GroupSearch } from '#shared/groups.ts'

/** A search for groups, as it stands in the address of the page. */
export type Search = GroupSearch

const FIELDS = ['words', 'city', 'within', 'weekday', 'language', 'meets', 'after'] as const

/** Empty fields of the form say nothing; what is no number is left to the sentence of the server. */
export function searchIn(wanted: URLSearchParams): Search {
  const text = (name: string, longest: number) => wanted.get(name)?.trim().slice(0, longest) || undefined
  const number = (name: string) => {
    const given = text(name, 12)
    return given === undefined || !Number.isFinite(Number(given)) ? undefined : Number(given)
  }
  const way = WAYS.find((one) => one === wanted.get('meets'))
  return {
    words: text('words', 200),
    city: text('city', 120),
    within: number('within'),
    weekday: number('weekday'),
    language: text('language', 35),
    meets: way,
    after: text('after', 120),
  }
}

/** The address of a search, with something changed in it. */
export function searchAddress(search: Search, change: Search = {}): string {
  const wanted = { ...search, after: undefined, ...change }
  if (!wanted.city) wanted.within = undefined
  const parts = FIELDS.flatMap((name) => {
    const value = wanted[name]
    return value === undefined || value === '' ? [] : [[name, String(value)]]
  })
  return parts.length > 0 ? `/groups?${new URLSearchParams(parts)}` : '/groups'
}

/** Whether anything was asked at all. */
export const isSearch = ({ words, city, weekday, language, meets }: Search): boolean =>
  Boolean(words || city || weekday || language || meets)

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

export const WEEKDAY_CHOICES = [
  { value: '', label: 'Any day' },
  ...DAYS.map((label, at) => ({ value: String(at + 1), label })),
]

export const WAY_CHOICES = [
  { value: '', label: 'Any way' },
  { value: 'in person', label: 'In person' },
  { value: 'online', label: 'Online' },
  { value: 'hybrid', label: 'Both at once (hybrid)' },
]
