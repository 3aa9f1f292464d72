import { eq, inArray } from 'drizzle-orm'
import { accounts, blockedPeople, episodes, threads } from '#db/schema.ts'
import type { Reader } from '#db/connect.ts'
import { Refusal } from '#shared/refusals.ts'
import { saysEnough, understand, unfinishedWord } from '#shared/search-words.ts'
import type { FoundPlace, SearchAsked, SearchFound } from '#shared/search.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { seenTitle } from '../threads/seen-title.ts'
import { findPassages, type FoundPassages } from './find-passages.ts'
import { findMyHighlights } from './my-highlights.ts'
import { queryFor, readMyGroups, understandIn, type MyGroup } from './scopes.ts'
import { wordHits } from './word-hits.ts'

/** Words in everything that somebody may read at this moment. All of it is read at one moment, too. */
export function search(house: House, { account }: SignedIn, asked: SearchAsked): Promise<SearchFound> {
  const words = understand(asked.words)
  if (!saysEnough(words)) throw tooLittle(asked.words)
  return house.db.transaction(
    async (tx) => {
      const mine = (await readMyGroups(tx, account.id)).filter(
        ({ slug }) => asked.group === undefined || slug === asked.group,
      )
      if (asked.group !== undefined && mine.length === 0) throw new Refusal('not-found')
      const within = asked.episode === undefined ? null : await requireMine(tx, mine, asked.episode)

      const languages = [...new Set(['simple', ...mine.flatMap((group) => group.languages)])]
      const understood = await understandIn(
        tx,
        languages,
        words,
        asked.typing ? unfinishedWord(asked.words, words) : undefined,
      )
      const scopes = mine.flatMap(({ id, languages }) =>
        understood
          .filter(({ language }) => languages.includes(language))
          .flatMap((its) => {
            const query = queryFor(id, its, asked)
            return query === undefined ? [] : [{ groupId: id, query }]
          }),
      )
      if (scopes.length === 0 && mine.some((group) => group.languages.length > 0)) throw tooCommon()

      const found = await findPassages(tx, {
        accountId: account.id,
        blocked: await readBlocked(tx, account.id),
        scopes: asked.kind === 'highlight' ? [] : scopes,
        mine: wantsHighlights(asked)
          ? await findMyHighlights(
              tx,
              account.id,
              mine.map(({ id }) => id),
              understood.find(({ language }) => language === 'simple')?.query ?? '',
              asked.episode,
            )
          : [],
        episodeId: asked.episode,
        after: asked.after,
      })
      const hits = await wordHits(tx, account.id, found.hits, understood)
      return {
        count: found.count,
        more: found.more,
        next: found.next,
        within,
        places: await namePlaces(tx, account.id, mine, found, (placeId) => hits.get(placeId) ?? []),
        kinds: found.kinds,
        speakers: found.speakers,
        groups: found.groups.flatMap(({ id, count }) => {
          const group = mine.find((one) => one.id === id)
          return group ? [{ slug: group.slug, name: group.name, count }] : []
        }),
        people: await namePeople(tx, found.people),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function tooLittle(typed: string): Refusal {
  if (typed.trim() === '') return new Refusal('invalid', 'Type a word or two to look for.', 'words')
  return new Refusal(
    'invalid',
    'There is nothing in that to look for. Type a word of two letters or more; a minus or “or” needs a word beside it.',
    'words',
  )
}

const tooCommon = () =>
  new Refusal(
    'invalid',
    'These words stand in nearly every sentence, so they are not looked for. Add a rarer one.',
    'words',
  )

/** An episode of somebody else's group is as unknown as one that never was. */
async function requireMine(
  reader: Reader,
  mine: readonly MyGroup[],
  episodeId: string,
): Promise<SearchFound['within']> {
  const [episode] = await reader
    .select({ id: episodes.id, title: episodes.title, groupId: episodes.groupId })
    .from(episodes)
    .where(eq(episodes.id, episodeId))
  if (!episode || !mine.some(({ id }) => id === episode.groupId)) throw new Refusal('not-found')
  return episode
}

/** Nobody speaks in them, and they have one writer: oneself. */
const wantsHighlights = ({ kind, speaker, person, after }: SearchAsked): boolean =>
  speaker === undefined &&
  person === undefined &&
  (kind === undefined || kind === 'highlight') &&
  after !== ''

async function readBlocked(reader: Reader, accountId: string): Promise<string[]> {
  const blocked = await reader
    .select({ id: blockedPeople.blockedId })
    .from(blockedPeople)
    .where(eq(blockedPeople.accountId, accountId))
  return blocked.map(({ id }) => id)
}

async function namePlaces(
  reader: Reader,
  accountId: string,
  mine: readonly MyGroup[],
  { places }: FoundPassages,
  hitsOf: (placeId: string) => FoundPlace['hits'],
): Promise<FoundPlace[]> {
  const ids = places.map(({ id }) => id)
  if (ids.length === 0) return []
  const named = await reader
    .select({ id: episodes.id, title: episodes.title, showTitle: episodes.showTitle })
    .from(episodes)
    .where(inArray(episodes.id, ids))
  const headed = await reader
    .select({ id: threads.id, title: seenTitle(accountId) })
    .from(threads)
    .where(inArray(threads.id, ids))
  return places.flatMap(({ id, groupId, count }) => {
    const group = mine.find((one) => one.id === groupId)
    const episode = named.find((one) => one.id === id) ?? null
    const title = episode?.title ?? headed.find((one) => one.id === id)?.title ?? ''
    if (!group) return []
    return [{ id, group: { slug: group.slug, name: group.name }, episode, title, count, hits: hitsOf(id) }]
  })
}

async function namePeople(reader: Reader, people: FoundPassages['people']): Promise<SearchFound['people']> {
  if (people.length === 0) return []
  const named = await reader
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(
      inArray(
        accounts.id,
        people.map(({ id }) => id),
      ),
    )
  return people.flatMap(({ id, count }) => {
    const name = named.find((one) => one.id === id)?.name
    return name === undefined ? [] : [{ id, name, count }]
  })
}
