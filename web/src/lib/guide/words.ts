import {
  minutesOf,
  type BlockKind,
  type BlockOptions,
  type ProgrammeSummary,
  type SessionTemplate,
} from '#shared/guide.ts'

export const KIND_NAMES: Record<BlockKind, string> = {
  welcome: 'Welcome',
  'check-in': 'Check-in',
  listen: 'Listen',
  write: 'Write alone',
  discuss: 'Discuss',
  vote: 'Vote',
  pairs: 'Small groups',
  practice: 'Practice',
  commit: 'Commit',
  close: 'Close',
  break: 'Break',
}

export const GROUP_KIND_NAMES = { internal: 'Inside a company', meetup: 'Local meetup' } as const

/** Whom people are with during a block: what an hour feels like. */
export type Company = 'alone' | 'small' | 'together'
const COMPANY: Record<BlockKind, Company> = {
  welcome: 'together',
  'check-in': 'together',
  listen: 'together',
  write: 'alone',
  discuss: 'together',
  vote: 'alone',
  pairs: 'small',
  practice: 'small',
  commit: 'alone',
  close: 'together',
  break: 'together',
}
export const companyOf = (kind: BlockKind): Company => COMPANY[kind]

const WHERE: Record<Company, string> = {
  together: 'all together',
  small: 'in small groups',
  alone: 'alone',
}

/** How many minutes people are in which company, such as "12 minutes alone"; what does not happen is left out. */
export const minutesByCompany = (blocks: SessionTemplate['blocks']): { company: Company; words: string }[] =>
  (['together', 'small', 'alone'] as const)
    .map((company) => ({
      company,
      minutes: minutesOf(blocks.filter(({ kind }) => COMPANY[kind] === company)),
    }))
    .filter(({ minutes }) => minutes > 0)
    .map(({ company, minutes }) => ({ company, words: `${inMinutes(minutes)} ${WHERE[company]}` }))

/** "15 seconds", "1 minute", "1½ minutes". */
export function inMinutes(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} seconds`
  const half = minutes % 1 === 0.5
  const number = half ? `${Math.floor(minutes)}½` : String(Number(minutes.toFixed(2)))
  return `${number} ${minutes === 1 ? 'minute' : 'minutes'}`
}

const SMALL: Record<number, string> = { 2: 'In pairs', 3: 'In threes', 4: 'In fours' }

/** What a block can be told beyond its words, each as a phrase of its own. */
export function optionsInWords(options: BlockOptions): string[] {
  const nameless = options.anonymous ? ['Without names, also after the reveal'] : []
  const together = options.groupTogether ? ['Everybody puts the answers together'] : []
  const hidden = options.stayHidden ? ['What is written stays with its writer, there is no reveal'] : []
  const looksBack = options.lastTime ? ['What was promised last time stands on every screen'] : []
  return [...howInWords(options), ...hidden, ...nameless, ...together, ...looksBack]
}

const CLOSINGS = {
  'one-word': 'One word each',
  'plus-delta': 'Plus and delta: what was good, and what to change',
} as const

/** How people do it: what a block can be told, without who reads what is written. */
export function howInWords({
  goRound,
  closing,
  minutesEach,
  groupsOf,
  roles,
  votes,
  oneDotEach,
  confidence,
  byTopic,
}: BlockOptions): string[] {
  const how = [
    // Where a close is written nobody goes round.
    goRound && !closing && 'Everybody in turn',
    groupsOf && (SMALL[groupsOf] ?? `In groups of ${groupsOf}`),
    minutesEach && `${inMinutes(minutesEach)} ${byTopic ? 'for each topic' : 'each'}`,
  ].filter((part) => typeof part === 'string')
  return [
    how.join(', '),
    closing ? CLOSINGS[closing] : '',
    confidence ? 'How sure are you, from 1 to 5' : '',
    byTopic && !minutesEach ? 'Topic by topic, 8 minutes for each' : '',
    votes && !confidence
      ? `${votes} ${votes === 1 ? 'dot' : 'dots'} each${oneDotEach ? ', at most one on a topic' : ''}`
      : '',
    roles && roles.length > 0 ? `Roles: ${roles.join(', ')}` : '',
  ].filter((phrase) => phrase !== '')
}

/** "4 to 12 people, best with 8". */
export const sizeInWords = ({ least, best, most }: SessionTemplate['groupSize']): string =>
  `${least === most ? least : `${least} to ${most}`} people${least === most ? '' : `, best with ${best}`}`

/** Minutes since the beginning as hours and minutes: "1:05". */
export const sinceStart = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

const EVERY = { weekly: 'every week', fortnightly: 'every two weeks', monthly: 'once a month' } as const
const WEEKS = { weekly: 1, fortnightly: 2, monthly: 4.35 } as const

/** "8 sessions, every two weeks: about 4 months". */
export function lengthInWords({
  sessions,
  rhythm,
  openEnded,
}: Pick<ProgrammeSummary, 'sessions' | 'rhythm' | 'openEnded'>): string {
  if (openEnded) return `Meets ${EVERY[rhythm]}, for as long as you like`
  const weeks = Math.round((sessions - 1) * WEEKS[rhythm])
  const months = Math.round(weeks / 4.35)
  const long = weeks < 8 ? `${weeks + 1} weeks` : `${months} months`
  if (sessions === 1) return 'One session'
  return `${sessions} sessions, ${EVERY[rhythm]}: about ${long}`
}
