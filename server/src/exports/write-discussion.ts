import type { Chapter } from '#shared/episodes.ts'
import { showMentions, SOMEBODY_WHO_LEFT } from '#shared/mentions.ts'
import { linkToMoment, timecode } from '#shared/moments.ts'
import type { Anchor, Post, Question } from '#shared/threads.ts'
import type { ReactionKind } from '#shared/words.ts'
import { insideMarkdown, plainWords } from '../plain-words.ts'
import { namesOf } from '../threads/post-parts.ts'
import { bodyOf, titleOf, type ReadableThread } from './readable.ts'

/** What the file is about. */
export type Heading = {
  title: string
  /** Show and group. */
  from: string[]
  /** The address of the page; of an episode, its moments are linked. */
  page: string
  zone: string
  writtenAt: Date
}

/** The threads of an episode as Markdown, chapter by chapter; what has no place in one comes last. */
export function writeEpisodeThreads(
  heading: Heading,
  chapters: readonly Chapter[],
  threads: readonly ReadableThread[],
): string {
  const placed = threads
    .flatMap((one) => (one.thread.anchor ? [{ ...one, moment: momentOf(one.thread.anchor) }] : []))
    .toSorted((one, other) => (one.moment ?? Infinity) - (other.moment ?? Infinity) || byStart(one, other))
  const chapterOf = (moment: number | null) =>
    moment === null ? undefined : chapters.findLast(({ start }) => start <= moment)
  const sections = chapters.map((chapter) => ({
    title: `${timecode(chapter.start)} ${plainWords(chapter.title)}`,
    its: placed.filter(({ moment }) => chapterOf(moment) === chapter),
  }))
  const outside = placed.filter(({ moment }) => chapterOf(moment) === undefined)
  const whole = threads.filter(({ thread }) => thread.anchor === null)
  return write(
    heading,
    [
      ...sections,
      { title: chapters.length > 0 ? 'Outside the chapters' : 'In the episode', its: outside },
      { title: 'About the whole episode', its: whole },
    ],
    threads,
  )
}

/** The other threads of a group: those of its own, then those about a session. */
export function writeGroupThreads(heading: Heading, threads: readonly ReadableThread[]): string {
  const ofSessions = Map.groupBy(
    threads.filter(({ thread }) => thread.session),
    ({ thread }) => thread.session?.id,
  )
  return write(
    heading,
    [
      { title: 'Threads of the group', its: threads.filter(({ thread }) => !thread.session) },
      ...[...ofSessions.values()].map((its) => ({ title: sayEvening(its, heading.zone), its })),
    ],
    threads,
  )
}

function sayEvening([first]: readonly ReadableThread[], zone: string): string {
  const session = first?.thread.session
  return session ? `Session: ${plainWords(session.title)}, ${sayWhen(session.startsAt, zone)}` : 'Session'
}

function write(
  heading: Heading,
  sections: readonly { title: string; its: readonly ReadableThread[] }[],
  threads: readonly ReadableThread[],
): string {
  const { title, from, zone, writtenAt } = heading
  const posts = threads.reduce((sum, one) => sum + one.posts.length, 0)
  const lines = [
    `# ${plainWords(title)}`,
    '',
    [...from.map(plainWords), sayNumber(threads.length, 'thread'), sayNumber(posts, 'post')].join(' · '),
    '',
    `Written on ${sayWhen(writtenAt.toISOString(), zone)}. Times are those of ${zone}. These are words of members, written for their group.`,
  ]
  for (const { title: named, its } of sections)
    if (its.length > 0) lines.push('', `## ${named}`, ...its.flatMap((one) => writeThread(heading, one)))
  if (threads.length === 0) lines.push('', 'Nothing has been said yet.')
  return `${lines.join('\n')}\n`
}

function writeThread(heading: Heading, one: ReadableThread): string[] {
  const { thread, posts } = one
  const asked = sayQuestion(thread.question, thread)
  return [
    '',
    `### ${headingOf(heading, one)}`,
    ...(thread.anchor ? writeQuote(thread.anchor) : []),
    ...(asked ? ['', asked] : []),
    ...posts.flatMap((post) => writePost(post, posts, heading.zone)),
    ...(thread.shut && thread.answers > 0
      ? ['', `_${sayNumber(thread.answers, 'answer')} to be read once you answered yourself._`]
      : []),
  ]
}

function headingOf({ page }: Heading, one: ReadableThread): string {
  const { anchor } = one.thread
  if (!anchor) return plainWords(titleOf(one)) || 'Thread'
  const moment = momentOf(anchor)
  return moment === null ? 'About these words' : `[${timecode(moment)}](${page}${linkToMoment(moment)})`
}

function writeQuote({ quote, speaker }: Anchor): string[] {
  if (quote === '') return []
  const lines = quote.split('\n').map((line) => `> ${plainWords(line)}`)
  return ['', ...lines, ...(speaker === null ? [] : ['>', `> ${plainWords(speaker)}`])]
}

function sayQuestion(
  question: Question,
  { plannedIn, answeredIn }: Pick<ReadableThread['thread'], 'plannedIn' | 'answeredIn'>,
): string {
  switch (question) {
    case 'none':
      return ''
    case 'open':
      return '_Open question._'
    case 'planned':
      return plannedIn ? `_Question for “${plainWords(plannedIn.title)}”._` : '_Question for a session._'
    case 'answered':
      return answeredIn
        ? `_Question, answered in “${plainWords(answeredIn.title)}”._`
        : '_Question, answered._'
  }
}

const SAID: Record<ReactionKind, string> = { 'me-too': 'Me too', 'tried-it': 'Tried it', thanks: 'Thanks' }

function writePost(post: Post, posts: readonly Post[], zone: string): string[] {
  const changed = post.editedAt === null ? '' : `, changed ${sayWhen(post.editedAt, zone)}`
  const said = post.reactions.map(
    ({ kind, by }) => `${SAID[kind]}: ${by.map(({ name }) => plainWords(name)).join(', ')}`,
  )
  return [
    '',
    `**${plainWords(post.by?.name ?? SOMEBODY_WHO_LEFT)}**, ${sayWhen(post.postedAt, zone)}${changed}`,
    ...writeQuoted(post, posts),
    '',
    insideMarkdown(bodyOf(post)),
    ...(said.length > 0 ? ['', `_${said.join(' · ')}_`] : []),
  ]
}

/** What a post answers to, when its reader reads that, too. */
function writeQuoted({ quote }: Post, posts: readonly Post[]): string[] {
  const quoted = posts.find(({ id }) => id === quote?.postId)
  if (!quote || !quoted) return []
  const name = plainWords(quoted.by?.name ?? SOMEBODY_WHO_LEFT)
  const names = namesOf(quoted.mentions)
  const words = showMentions(quote.words, (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`)
  return ['', `> ${name}: ${words === '' ? `post ${quoted.number}` : plainWords(words)}`]
}

/** Where in the episode it stands. */
const momentOf = ({ start, chapter }: Anchor): number | null => start ?? chapter

const byStart = (one: ReadableThread, other: ReadableThread): number =>
  one.thread.startedAt < other.thread.startedAt ? -1 : 1

const sayNumber = (number: number, what: string): string =>
  number === 1 ? `1 ${what}` : `${number.toLocaleString('en')} ${what}s`

const sayWhen = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(new Date(instant))
