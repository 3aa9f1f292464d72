import { showMentions, SOMEBODY_WHO_LEFT } from '#shared/mentions.ts'
import type { Anchor, Post } from '#shared/threads.ts'
import { namesOf } from '../threads/post-parts.ts'
import { bodyOf, titleOf, type ReadableThread } from './readable.ts'

/** https://www.w3.org/TR/annotation-model/ */
const CONTEXT = 'http://www.w3.org/ns/anno.jsonld'
const MEDIA_FRAGMENTS = 'http://www.w3.org/TR/media-frags/'

type Selector =
  | { type: 'TextQuoteSelector'; exact: string; prefix?: string; suffix?: string }
  | { type: 'FragmentSelector'; conformsTo: string; value: string }
type Target = string | { type: 'SpecificResource'; source: string; selector?: Selector | Selector[] }

export type Annotation = {
  id: string
  type: 'Annotation'
  motivation: 'commenting' | 'questioning' | 'replying'
  creator?: { type: 'Person'; name: string }
  created: string
  modified?: string
  body: { type: 'TextualBody'; value: string; format: 'text/markdown'; purpose: Annotation['motivation'] }
  target: Target | Target[]
}

export type AnnotationCollection = {
  '@context': string
  id: string
  type: 'AnnotationCollection'
  label: string
  total: number
  first: {
    id: string
    type: 'AnnotationPage'
    partOf: string
    startIndex: 0
    items: Annotation[]
  }
}

/** Of what is annotated: the address of the collection, of the page with the transcript, and of the audio. */
export type Annotated = { id: string; label: string; page: string; audio: string | null }

/** Posts as annotations: the first one of a thread is about the words or the moment, the others reply to it. */
export function toAnnotations(
  { id, label, page, audio }: Annotated,
  threads: readonly ReadableThread[],
): AnnotationCollection {
  const items = threads.flatMap((one) => one.posts.map((post) => toAnnotation(post, one, { page, audio })))
  return {
    '@context': CONTEXT,
    id,
    type: 'AnnotationCollection',
    label,
    total: items.length,
    first: { id: `${id}#first`, type: 'AnnotationPage', partOf: id, startIndex: 0, items },
  }
}

function toAnnotation(post: Post, one: ReadableThread, where: Pick<Annotated, 'page' | 'audio'>): Annotation {
  const { thread, posts } = one
  const [first] = posts
  // Replies to a post that is not there to be read are about its words themselves.
  const replies = post.number > 1 && first?.number === 1
  const about = thread.anchor ? targetsOf(thread.anchor, where) : where.page
  const motivation = replies ? 'replying' : thread.question === 'none' ? 'commenting' : 'questioning'
  const title = post.number === 1 ? titleOf(one) : ''
  return {
    id: urnOf(post.id),
    type: 'Annotation',
    motivation,
    ...(post.by ? { creator: { type: 'Person', name: post.by.name } } : {}),
    created: post.postedAt,
    ...(post.editedAt === null ? {} : { modified: post.editedAt }),
    body: {
      type: 'TextualBody',
      value: title === '' ? bodyOf(post) : `**${title}**\n\n${bodyOf(post)}`,
      format: 'text/markdown',
      purpose: motivation,
    },
    target: replies && first ? replyTargets(post, first, posts) : about,
  }
}

/** What a reply is to, and which of the words of a post it quotes. */
function replyTargets({ quote }: Post, first: Post, posts: readonly Post[]): Target | Target[] {
  const quoted = posts.find(({ id }) => id === quote?.postId)
  if (!quote || !quoted) return urnOf(first.id)
  const names = namesOf(quoted.mentions)
  const exact = showMentions(quote.words, (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`)
  const source = urnOf(quoted.id)
  const words: Target =
    exact === ''
      ? source
      : { type: 'SpecificResource', source, selector: { type: 'TextQuoteSelector', exact } }
  return quoted.id === first.id ? words : [urnOf(first.id), words]
}

/** The moment of the audio, and the words on the page with the transcript. */
function targetsOf(anchor: Anchor, { page, audio }: Pick<Annotated, 'page' | 'audio'>): Target | Target[] {
  const fragment = fragmentOf(anchor)
  const quote = quoteOf(anchor)
  const onPage = [...(quote ? [quote] : []), ...(fragment ? [fragment] : [])]
  const [only, second] = onPage
  const text: Target = only
    ? { type: 'SpecificResource', source: page, selector: second ? onPage : only }
    : page
  if (audio === null) return text
  const heard: Target = fragment ? { type: 'SpecificResource', source: audio, selector: fragment } : audio
  return quote ? [heard, text] : heard
}

function fragmentOf({ start, end, chapter }: Anchor): Selector | undefined {
  const from = start ?? chapter
  if (from === null) return undefined
  const to = end !== null && end > from ? `,${seconds(end)}` : ''
  return { type: 'FragmentSelector', conformsTo: MEDIA_FRAGMENTS, value: `t=${seconds(from)}${to}` }
}

const quoteOf = ({ quote, prefix, suffix }: Anchor): Selector | undefined =>
  quote === ''
    ? undefined
    : {
        type: 'TextQuoteSelector',
        exact: quote,
        ...(prefix ? { prefix } : {}),
        ...(suffix ? { suffix } : {}),
      }

/** Normal play time: seconds, with no more digits than are heard. */
const seconds = (moment: number): string => String(Math.round(moment * 1000) / 1000)

const urnOf = (id: string): string => `urn:uuid:${id}`
