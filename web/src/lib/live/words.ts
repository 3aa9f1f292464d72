import type { LiveBlock } from '#shared/live.ts'
import { MINUTES_OF_FEEDBACK, roundsThatFit } from '#shared/live/pods.ts'
import type { Topic } from '#shared/topics.ts'

const HOUR = 3600

/** Time to go, as "6:28"; what ran over as "+0:42", and what was forgotten as "+23 h". */
export function leftInWords(seconds: number): string {
  if (seconds <= -HOUR) return `+${Math.floor(-seconds / HOUR)} h`
  const whole = Math.abs(Math.ceil(seconds))
  const sign = Math.ceil(seconds) < 0 ? '+' : ''
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const MUCH_SPARE = 120

/** "2 min spare", "3 min over", "just fits"; a rehearsal days before has "plenty of time". */
export function spareInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return 'just fits'
  if (minutes >= MUCH_SPARE) return 'plenty of time'
  if (minutes <= -MUCH_SPARE) return 'long over'
  return minutes > 0 ? `${minutes} min spare` : `${-minutes} min over`
}

/** "Ada", "Ada and Ben", "Ada, Ben and Cleo". */
export const namesInWords = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)

/** "Ada, Ben and 12 more". */
export const fewNames = (names: readonly string[], most = 6): string =>
  namesInWords(
    // One who is left over is a name, not "1 more".
    names.length <= most + 1 ? names : [...names.slice(0, most), `${names.length - most} more`],
  )

/** "2 have written", "nobody is done yet". */
export function writtenInWords(count: number): string {
  if (count === 0) return 'nobody is done yet'
  return count === 1 ? '1 has written' : `${count} have written`
}

/** "2 have voted", "nobody has voted yet". */
export function votedInWords(count: number): string {
  if (count === 0) return 'nobody is done yet'
  return count === 1 ? '1 has voted' : `${count} have voted`
}

/** Why whoever runs the session can't reveal yet. */
export const FROM_THREE =
  'You can reveal them once three are done: with fewer everybody could guess who wrote what. If you go on before, what was written stays with its writers.'

/** Who reads what is written in a block, beside its field. */
export function whoReads({
  stays = false,
  anonymous = false,
  whenAll = false,
  overDays = false,
}: {
  stays?: boolean
  anonymous?: boolean
  whenAll?: boolean
  overDays?: boolean
}): string {
  if (stays)
    return anonymous
      ? 'Only you read this, also afterwards. Nobody learns whether you wrote.'
      : 'Only you read this, also afterwards.'
  if (anonymous)
    return 'Without names: nobody learns which words are yours, or whether you wrote. Not the facilitator, and not after the reveal.'
  if (overDays) return 'Only you see this until its time is up, or everybody is done.'
  return whenAll
    ? 'Only you see this until everybody is done, or the facilitator reveals it.'
    : 'Only you see this until the facilitator reveals it.'
}

/** Beside a field without names. */
export const STYLE_ADVICE =
  'Style can give you away: short, plain sentences say the least about who wrote them.'

/** "1 is here", "4 are here". */
export const hereInWords = (count: number): string => (count === 1 ? '1 is here' : `${count} are here`)

/** How a feedback round fits: "5 people, 10 pairs. …" */
export function howManyMeet(
  { minutes, options }: Pick<LiveBlock, 'minutes' | 'options'>,
  people: number,
): string {
  if (people < 2) return 'It takes two people at least.'
  const each = options.minutesEach ?? MINUTES_OF_FEEDBACK
  const fit = roundsThatFit(minutes * 60, each, people)
  const all = people + (people % 2) - 1
  const partners = people % 2 === 0 ? fit : `${fit - 1} or ${fit}`
  return fit === all
    ? `${people} people, ${(people * (people - 1)) / 2} pairs: all of them fit, and everybody gives to everybody.`
    : `${people} people, ${(people * (people - 1)) / 2} pairs. In ${minutes} minutes, ${each} for each of the two, partners change ${fit === 1 ? 'not at all' : `so that there are ${fit} rounds`}: everybody gives to ${partners === 1 ? 'one' : partners}.`
}

const A_LINE = 30
/** How the prompt fits: fewer words stand larger. */
export type PromptSize = 'huge' | 'large' | 'medium' | 'small'
export function promptSize(prompt: string): PromptSize {
  // A line of its own takes room, however short it is.
  const length = prompt.length + (prompt.split('\n').length - 1) * A_LINE
  if (length <= 70) return 'huge'
  if (length <= 210) return 'large'
  return length <= 420 ? 'medium' : 'small'
}

/** So many characters, with what stands around each text, fill the lower half of a wall as it is, and then closer together. */
const A_HALF = 500
const A_HALF_CLOSER = 800
const AROUND_EACH = 60
/** How close together what a block shows below its prompt stands on the wall. */
export function wallFill(
  {
    kind,
    answers,
    revealedAt,
    count,
    discussion,
  }: Pick<LiveBlock, 'kind' | 'answers' | 'revealedAt' | 'count' | 'discussion'>,
  topics: readonly Topic[],
): '' | 'many' | 'full' {
  const texts =
    revealedAt !== null && answers.length > 0
      ? answers.map(({ body }) => body)
      : (kind === 'vote' && count === null) || discussion !== null
        ? topics.map(({ title }) => title)
        : []
  const length = texts.reduce((sum, text) => sum + text.length + AROUND_EACH, 0)
  if (length <= A_HALF) return ''
  return length <= A_HALF_CLOSER ? 'many' : 'full'
}

/** Where the rest is of what a wall can't hold: not even a large one has 82 places of three, or 240 answers. */
export function restInWords(
  { answers, revealedAt }: Pick<LiveBlock, 'answers' | 'revealedAt'>,
  places: number,
): string {
  if (places > 0) return `${places} places: yours is on your own screen.`
  return revealedAt !== null && answers.length > 0
    ? `${answers.length} answers: you have all of them on your own screen.`
    : 'You have all of it on your own screen.'
}

/** "1st", "2nd", "3rd", "4th". */
export function inLine(place: number): string {
  const ending = new Intl.PluralRules('en', { type: 'ordinal' }).select(place)
  return `${place}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[ending]}`
}

/** "first time today", "spoke once", "spoke 3 times". */
export function spokenInWords(times: number): string {
  if (times === 0) return 'first time today'
  return times === 1 ? 'spoke once' : `spoke ${times} times`
}

const NUMBERS = ['no one', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
/** "three"; at the beginning of a line "Three". */
export function numberInWords(count: number, first = false): string {
  const words = NUMBERS[count] ?? String(count)
  return first ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

/** "with Cleo and one more"; nothing for somebody alone. */
export function companionsInWords(names: readonly string[], alsoHere: number): string {
  if (names.length === 0 && alsoHere === 0) return ''
  const more = alsoHere === 0 ? [] : [`${numberInWords(alsoHere)} more`]
  return `with ${namesInWords([...names, ...more])}`
}

/** "12 of 31 tables are done". */
export const tablesInWords = (done: number, tables: number): string =>
  `${String(done)} of ${String(Math.max(done, tables))} tables ${done === 1 ? 'is' : 'are'} done`
