import type { Chapter } from './episodes.ts'
import type { BlockKind, BlockOptions, TemplateBlock } from './guide.ts'
import { LONGEST_TITLE, type BlockDraft } from './sessions.ts'

const MINUTE = 60_000

/** A talk about a part of an episode needs at least this long; shorter parts are joined. */
export const SHORTEST_TALK = 8
const MOST_TALKS = 4

export const planMinutes = (blocks: readonly { minutes: number }[]): number =>
  blocks.reduce((sum, { minutes }) => sum + minutes, 0)

/** Whole minutes from start to end. */
export const sessionMinutes = ({
  startsAt,
  endsAt,
}: {
  startsAt: string | Date
  endsAt: string | Date
}): number => Math.round((new Date(endsAt).getTime() - new Date(startsAt).getTime()) / MINUTE)

/** How many minutes the plan leaves until the end; less than nothing when it runs over. */
export const spareMinutes = (
  session: { startsAt: string | Date; endsAt: string | Date },
  blocks: readonly { minutes: number }[],
): number => sessionMinutes(session) - planMinutes(blocks)

/** The plan against the end, as a sentence. */
export function sayPlan(planned: number, available: number): string {
  const over = planned - available
  if (over > 0)
    return `The plan takes ${planned} minutes, the session has ${available}: take out ${over}, or let the session end later.`
  return over === 0
    ? `${planned} of ${available} minutes, none spare`
    : `${planned} of ${available} minutes, ${-over} spare`
}

/** A plan made shorter in proportion, when it must be; nothing when there is not even a minute for each block. */
export function fitPlan<B extends { minutes: number }>(
  blocks: readonly B[],
  minutes: number,
): B[] | undefined {
  const planned = planMinutes(blocks)
  if (planned <= minutes) return [...blocks]
  if (blocks.length > minutes) return undefined
  const fitted = blocks.map((block) => ({
    ...block,
    minutes: Math.max(1, Math.floor((block.minutes * minutes) / planned)),
  }))
  // Rounding left minutes over, or the least of a minute took too many: the longest block gives and takes.
  for (let rest = minutes - planMinutes(fitted); rest !== 0; rest -= Math.sign(rest)) {
    const longest = fitted.reduce((most, block) => (block.minutes > most.minutes ? block : most))
    longest.minutes += Math.sign(rest)
  }
  return fitted
}

/** How long a question of a thread is talked about: as long as there is room, and at least so long. */
const QUESTION_MINUTES = 10
const SHORTEST_QUESTION = 5

/**
 * Minutes for one more talk: what is spare, or else what the longest block that is no closing one can give without
 * getting shorter than the talk. Nothing when there is no such block.
 */
export function roomForQuestion<B extends { kind: BlockKind; minutes: number }>(
  blocks: readonly B[],
  spare: number,
): { minutes: number; gives?: { from: B; minutes: number } } | undefined {
  if (spare >= SHORTEST_QUESTION) return { minutes: Math.min(QUESTION_MINUTES, spare) }
  const missing = SHORTEST_QUESTION - spare
  const [longest] = blocks
    .filter(({ kind }) => kind !== 'commit' && kind !== 'close')
    .toSorted((a, b) => b.minutes - a.minutes)
  if (!longest || longest.minutes - missing < SHORTEST_QUESTION) return undefined
  return { minutes: SHORTEST_QUESTION, gives: { from: longest, minutes: longest.minutes - missing } }
}

const LONGEST_QUESTION = 400

/** A question as it stands on a stage: its first paragraph, without the marks of Markdown that would be in the way. */
export function questionInWords(question: string): string {
  const [first = ''] = question.trim().split(/\n\s*\n/)
  const plain = first
    .replace(/^[>#\s*-]+/gm, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length <= LONGEST_QUESTION ? plain : `${plain.slice(0, LONGEST_QUESTION - 1)}…`
}

/** A block after the words of a question in it were taken back. Whatever is written there next is the plan's own. */
export function withoutQuestion({
  options,
}: Pick<BlockDraft, 'options'>): Pick<BlockDraft, 'prompt' | 'options'> {
  const { threads: _, ...others } = options
  return { prompt: 'A question of the group; its words were taken back.', options: others }
}

type Talk = {
  kind: 'discuss'
  title: string
  minutes: number
  prompt: string
  notes: string
  options: BlockOptions
}

/**
 * Turns the chapters of an episode into talks that fill exactly the given minutes. Neighbours are joined until each
 * talk has time to become one; a longer part of the episode gets no more time than a shorter one, because what people
 * have to say does not depend on how long somebody else spoke.
 */
export function blocksFromChapters(
  chapters: readonly Chapter[],
  minutes: number,
  duration?: number | null,
): Talk[] {
  if (chapters.length === 0 || minutes < 1) return []
  const sorted = [...chapters].sort((one, other) => one.start - other.start)
  const talks = Math.max(1, Math.min(MOST_TALKS, sorted.length, Math.floor(minutes / SHORTEST_TALK)))
  return splitEvenly(sorted, talks).map((part, index) => {
    const following = sorted[sorted.indexOf(part.at(-1) as Chapter) + 1]
    const end = following?.start ?? duration ?? undefined
    const start = part[0]?.start ?? 0
    return {
      kind: 'discuss',
      title: titleOf(part),
      minutes: Math.floor(minutes / talks) + (index < minutes % talks ? 1 : 0),
      prompt: promptOf(part),
      notes: NOTES,
      options: { part: end !== undefined && end > start ? { start, end } : { start } },
    }
  })
}

const NOTES =
  'Ask what people remember of this part before you say what you heard. When it stalls: “Where have you seen this at ' +
  'work?” When one voice carries it: “Who has seen it go the other way?” Leave a minute to name the one thing to try.'

/** Consecutive parts, as equal in number as can be; the later ones take one more. */
function splitEvenly<Item>(items: readonly Item[], parts: number): Item[][] {
  return Array.from({ length: parts }, (_, index) =>
    items.slice(Math.floor((index * items.length) / parts), Math.floor(((index + 1) * items.length) / parts)),
  )
}

const bare = (title: string) => title.trim().replace(/[.:;,]+$/, '')

function titleOf(part: readonly Chapter[]): string {
  const titles = part.map(({ title }) => bare(title))
  const [first = ''] = titles
  const last = titles.at(-1) ?? ''
  const whole =
    titles.length === 1
      ? first
      : titles.length === 2
        ? `“${first}” and “${last}”`
        : `From “${first}” to “${last}”`
  return whole.length <= LONGEST_TITLE ? whole : `${whole.slice(0, LONGEST_TITLE - 1)}…`
}

const LONGEST_LIST = 1_500

function promptOf(part: readonly Chapter[]): string {
  const question = 'What here fits us, and what does not? Where did you see it last?'
  if (part.length === 1) return `${bare(part[0]?.title ?? '')}. ${question}`
  let list = part.map(({ title }) => `“${bare(title)}”`).join(', ')
  if (list.length > LONGEST_LIST) list = `${list.slice(0, LONGEST_LIST)}…`
  return `${list}. ${question}`
}

/** What an episode circle does with an episode when nobody has cut it up: find a passage, hear it, talk about it. */
const ABOUT_THE_EPISODE: readonly BlockKind[] = ['vote', 'listen', 'discuss']
/** How much of a short session is kept for the talks. */
const LEAST_FOR_TALKS = 0.4

/**
 * The plan of an episode circle for one episode: its middle gives way to talks about the chapters, and what comes before
 * and after stays. Nothing when there are too few minutes for that.
 */
export function planOfEpisode(
  template: readonly TemplateBlock[],
  chapters: readonly Chapter[],
  minutes: number,
  duration?: number | null,
): TemplateBlock[] | undefined {
  const middle = template.findIndex(({ kind }) => ABOUT_THE_EPISODE.includes(kind))
  if (middle === -1 || chapters.length === 0) return fitPlan(template, minutes)
  const others = template.filter(({ kind }) => !ABOUT_THE_EPISODE.includes(kind))
  const forOthers = Math.min(planMinutes(others), Math.floor(minutes * (1 - LEAST_FOR_TALKS)))
  const fitted = fitPlan(others, forOthers)
  if (!fitted) return undefined
  const talks = blocksFromChapters(chapters, minutes - planMinutes(fitted), duration)
  return [...fitted.slice(0, middle), ...talks, ...fitted.slice(middle)]
}
