import type { Commitment, CommitmentStatus, Outcome } from '#shared/commitments.ts'
import { byTopic, type WrapUpBlock, type WrapUpFile, sayByNumber } from '#shared/wrap-ups.ts'
import { plainWords } from '../plain-words.ts'
import { sayDay } from '../sessions/local-time.ts'
import { sayMinutes, sayVotes } from './say.ts'

/** A wrap-up as Markdown. Words of others are words in it: nothing of theirs is a heading, a link or markup. */
export function writeWrapUp(file: WrapUpFile): string {
  const { title, group, startsAt, zone, writtenAt, episode, page } = file
  const lines = [
    `# Wrap-up: ${plainWords(title)}`,
    '',
    [
      plainWords(group),
      sayDay(new Date(startsAt), zone),
      ...(episode ? [`with the episode “${plainWords(episode.title)}”`] : []),
    ].join(' · '),
    '',
    `Written on ${sayDay(new Date(writtenAt), zone)}. The page is <${page}>. These are words of members, written for their group.`,
    ...(file.note === '' ? [] : section('What we take from today', quote(file.note))),
    ...section('Commitments', file.commitments.flatMap(writeCommitment)),
    ...section('Who was there', writePeople(file)),
    ...file.blocks.flatMap((block) => writeBlock(block, file)),
    ...section('Not talked about yet', file.parked.map(writeParked)),
    ...section('Questions that were taken up', file.questions.map(writeQuestion)),
    ...section('Planned and taken', writeMinutes(file.blocks)),
  ]
  return `${lines.filter((line, at) => line !== '' || lines[at - 1] !== '').join('\n')}\n`
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

/** Several lines of somebody, each one as plain words. */
const quote = (text: string): string[] =>
  text
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => (line.trim() === '' ? '>' : `> ${plainWords(line)}`))

const STATUS: Record<CommitmentStatus, string> = {
  open: 'open',
  done: 'done',
  partly: 'partly done',
  'not-yet': 'not yet',
  'let-go': 'let go',
}

function writeCommitment(one: Commitment): string[] {
  const facts = [
    ...(one.due ? [`by ${sayDay(new Date(one.due), 'UTC')}`] : []),
    ...(one.skill ? [plainWords(one.skill.name)] : []),
    ...(one.witness ? [`witness: ${plainWords(one.witness.name)}`] : []),
    STATUS[one.status],
  ]
  const said: Pick<Outcome, 'status' | 'reflection'>[] = [
    ...one.earlier,
    ...(one.status === 'open' || one.reflection === ''
      ? []
      : [{ status: one.status, reflection: one.reflection }]),
  ]
  return [
    `- **${plainWords(one.name)}**: If ${plainWords(one.cue)}, then I will ${plainWords(one.action)} (${facts.join(', ')})`,
    ...said
      .filter(({ reflection }) => reflection !== '')
      .map(({ status, reflection }) => `    - ${STATUS[status]}: ${plainWords(reflection)}`),
  ]
}

function writePeople({ present, alsoPresent, absent }: WrapUpFile): string[] {
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => plainWords(name)).join(', ')
  return [
    present.length > 0 ? `${names(present)}${sayByNumber(alsoPresent)}` : 'Nobody came into the room.',
    ...(absent.length > 0 ? ['', `Missed: ${names(absent)}`] : []),
  ]
}

function writeBlock(block: WrapUpBlock, { topics }: WrapUpFile): string[] {
  const { title, prompt, answers, tables, plusDelta, votes } = block
  if (answers.length === 0 && tables.length === 0 && !votes) return []
  const asked = prompt === '' ? [] : [`_${plainWords(prompt)}_`, '']
  const { alone, heaps } = byTopic(block, topics)
  const said = plusDelta
    ? [
        ...part('What was good', plusDelta.plus.map(writeSaid)),
        ...part('What to change', plusDelta.delta.map(writeSaid)),
      ]
    : [
        ...alone.map(({ name, body }) => writeSaid({ name, words: body })),
        ...heaps.flatMap(({ topic, its }) =>
          part(
            plainWords(topic.title),
            its.map(({ name, body }) => writeSaid({ name, words: body })),
          ),
        ),
      ]
  const sums = votes
    ? part(
        'Votes',
        sayVotes(votes).map((line) => `- ${plainWords(line)}`),
      )
    : []
  const told = part(
    'What the tables said',
    tables.map(({ number, body }) => `- Table ${String(number)}: ${plainWords(body)}`),
  )
  return section(plainWords(title), [...asked, ...said, ...told, ...sums])
}

const part = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines]

const writeSaid = ({ name, words }: { name: string | null; words: string }): string =>
  `- ${plainWords(words)}${name === null ? '' : ` (${plainWords(name)})`}`

const writeParked = ({ title, dots }: WrapUpFile['parked'][number]): string =>
  `- ${plainWords(title)}${dots === null ? '' : ` (${String(dots)} ${dots === 1 ? 'dot' : 'dots'})`}`

const writeQuestion = ({ question, state }: WrapUpFile['questions'][number]): string =>
  `- ${question === '' ? 'A question whose words are gone' : plainWords(question)} (${state === 'answered' ? 'answered' : 'still open'})`

const writeMinutes = (plan: readonly WrapUpBlock[]): string[] =>
  plan.map((block) => `- ${plainWords(block.title)}: ${sayMinutes(block)}`)
