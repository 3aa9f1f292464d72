import { timecode } from '#shared/moments.ts'
import type { Part, PartItem } from '../mail/parts.ts'
import type { News } from './read-news.ts'

const LONGEST_QUOTE = 200
const LONGEST_EXCERPT = 320

type ThreadNews = { first: News; posts: News[] }

/** What a letter tells, and of how much it only says that it is there: threads in a digest, posts otherwise. */
export type Told = { parts: Part[]; threads: number; more: number }

/** Threads of the reader first, then those with the newest posts; told in the order of episodes and chapters. */
export function arrangeDigest(news: readonly News[], most: number, link: (news: News) => string): Told {
  const threads = byThread(news)
  const chosen = threads
    .toSorted(
      (one, other) => Number(other.first.mine) - Number(one.first.mine) || newestOf(other) - newestOf(one),
    )
    .slice(0, most)
  const item = ({ first, posts }: ThreadNews): PartItem[] => [
    {
      about: aboutWhat(first),
      text: `${writerOf(first)}: ${cut(first.words, LONGEST_EXCERPT)}`,
      more: posts.length > 1 ? `and ${posts.length - 1} more in this thread` : '',
      url: link(first),
    },
  ]
  return { parts: inParts(chosen, item), threads: threads.length, more: threads.length - chosen.length }
}

/** Every post, in its thread. */
export function arrangePosts(news: readonly News[], most: number, link: (news: News) => string): Told {
  const shown = news.slice(0, most)
  const items = ({ posts }: ThreadNews): PartItem[] =>
    posts.map((post, at) => ({
      about: at === 0 ? aboutWhat(post) : '',
      text: `${writerOf(post)}${post.mentioned ? ', who mentions you' : ''}: ${cut(post.words, LONGEST_EXCERPT)}`,
      more: '',
      url: link(post),
    }))
  const threads = byThread(shown)
  return { parts: inParts(threads, items), threads: threads.length, more: news.length - shown.length }
}

function byThread(news: readonly News[]): ThreadNews[] {
  return [...Map.groupBy(news, ({ threadId }) => threadId).values()].flatMap((posts) => {
    const [first] = posts
    return first ? [{ first, posts }] : []
  })
}

const newestOf = ({ posts }: ThreadNews) => Math.max(...posts.map(({ postedAt }) => postedAt.getTime()))

/** By episode and chapter, in their order; then what was said about sessions and in the group. */
function inParts(threads: readonly ThreadNews[], items: (thread: ThreadNews) => PartItem[]): Part[] {
  const placed = threads
    .map((thread) => ({ thread, place: placeOf(thread.first) }))
    .toSorted((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0))
  return [...Map.groupBy(placed, ({ thread }) => headingOf(thread.first))].map(([title, those]) => ({
    title,
    items: those.flatMap(({ thread }) => items(thread)),
  }))
}

function placeOf({ episode, session, chapter, anchor, startedAt }: News): string {
  const seconds = (at: number | null | undefined) => String(Math.round((at ?? 0) * 1000)).padStart(12, '0')
  const last = startedAt.toISOString()
  if (episode)
    return `0 ${episode.title} ${episode.id} ${seconds(chapter?.start)} ${seconds(anchor?.start ?? anchor?.chapter)} ${last}`
  return session ? `1 ${session} ${last}` : `2 ${last}`
}

function headingOf({ episode, session, chapter }: News): string {
  if (episode) return chapter ? `${episode.title} · ${chapter.title}` : episode.title
  return session ? `About the session “${session}”` : 'In the group'
}

/** The words it hangs on, its title, or its moment; a title may be out of sight. */
function aboutWhat({ anchor, title, question }: News): string {
  const at = anchor?.start == null ? '' : timecode(anchor.start)
  const words = anchor?.quote ? `“${cut(anchor.quote, LONGEST_QUOTE)}”` : (title ?? '')
  const where = at && (words ? `(${at})` : `At ${at}`)
  if (!words && !where) return question === 'open' ? 'An open question' : 'A thread'
  return [question === 'open' ? 'Open question:' : '', words, where].filter(Boolean).join(' ')
}

const writerOf = ({ writer }: News) => writer ?? 'Somebody who left'

/** Whole words, with a sign that there is more. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const short = text.slice(0, longest)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), longest / 2)).toWellFormed()} …`
}
