import { linkToMoment } from '#shared/moments.ts'
import { HitKind, type FoundPlace, type Hit, type SearchAsked } from '#shared/search.ts'
import { pathOfPost, pathOfThread } from '#shared/thread-links.ts'

/** A search, as it stands in the address of its page: everything, or one group. */
export type Asked = Partial<SearchAsked>

const FIELDS = ['words', 'kind', 'group', 'episode', 'speaker', 'person', 'typing', 'after'] as const

/** Empty fields of the form say nothing. What is too long is left to the sentence of the server. */
export function askedIn(wanted: URLSearchParams, group?: string): Asked {
  const text = (name: (typeof FIELDS)[number]) => wanted.get(name)?.trim() || undefined
  const kind = HitKind.enum.find((one) => one === wanted.get('kind'))
  // The space at the end says that the last word is finished.
  const words = wanted.get('words')?.replace(/^\s+/, '')
  const asked = {
    words: words?.trim() ? words : undefined,
    kind,
    group: group ?? text('group'),
    episode: text('episode'),
    speaker: text('speaker'),
    person: text('person'),
    typing: wanted.get('typing') === 'true' || undefined,
    after: text('after'),
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

/** The address of a search, with something changed in it; `undefined` takes a part away. */
export function searchAddress(
  home: string,
  asked: Asked,
  change: { [Name in keyof Asked]?: Asked[Name] | undefined } = {},
): string {
  const wanted = { ...asked, after: undefined, typing: undefined, ...change }
  const parts = FIELDS.flatMap((name) => {
    const value = wanted[name]
    const said = name === 'group' && home !== '/search'
    return value === undefined || value === '' || said ? [] : [[name, String(value)]]
  })
  return parts.length > 0 ? `${home}?${new URLSearchParams(parts)}` : home
}

/** Where a hit stands, at its moment if it has one. */
export function pathOfHit({ group, episode, id }: FoundPlace, hit: Hit): string {
  const episodeId = episode?.id ?? null
  if (hit.threadId !== null) {
    const thread = { id: hit.threadId, episodeId }
    return hit.postId === null ? pathOfThread(group.slug, thread) : pathOfPost(group.slug, thread, hit.postId)
  }
  const page = pathOfPlace({ group, episode, id })
  if (hit.start !== null) return `${page}${linkToMoment(hit.start)}`
  // A transcript without times, and notes: browsers find the words themselves.
  const words = hit.parts.find(({ marked }) => marked)?.text
  return words && ['transcript', 'notes'].includes(hit.kind)
    ? `${page}#:~:text=${encodeURIComponent(words)}`
    : page
}

export const pathOfPlace = ({ group, episode, id }: Pick<FoundPlace, 'group' | 'episode' | 'id'>): string =>
  episode === null ? `/groups/${group.slug}/threads/${id}` : `/groups/${group.slug}/episodes/${episode.id}`
