import type { ReadinessItem, Suggestion } from './dashboard.ts'
import { planMinutes, spareMinutes } from './session-plan.ts'
import type { SessionStatus } from './sessions.ts'

const HOUR = 3_600_000

export type PersonFacts = { id: string; name: string; email: string }

/** What is known of the next session. */
export type NextFacts = {
  /** Its parts are open for days. */
  overDays?: boolean
  id: string
  title: string
  status: SessionStatus
  startsAt: string
  endsAt: string
  /** Where it is, in words; empty when nobody said. */
  place: string
  onlineLink: string | null
  /** When it is, in the words of a letter. */
  when: string
  blocks: { minutes: number }[]
  /** Everybody in the group. */
  members: number
  /** Everybody who has a place, guests too. */
  coming: number
  guests: number
  /** How many can come; none: everybody. */
  capacity: number | null
  /** Who waits for a place, or was offered one. */
  waiting: number
  notComing: number
  silent: PersonFacts[]
  /** Nothing when it is not about an episode. */
  openQuestions: number | null
  timekeeper: string | null
  /** Who kept time least often so far, of those who could. */
  couldKeepTime: PersonFacts | null
  /** Somebody welcomes, somebody takes notes. */
  welcomed: boolean
  noted: boolean
}

/** Somebody who was not there the last two times. */
export type MissedFacts = PersonFacts & { openCommitment: { action: string; session: string } | null }

export type GroupFacts = {
  slug: string
  name: string
  next: NextFacts | null
  /** When the rhythm of the group would have its next session, in words. */
  suggestedDate: string
  missed: MissedFacts[]
  /** A session whose time is over and whose room was never opened. */
  neverHeld: { id: string; title: string } | null
  /** Who was there last time and had no turn, while others had. */
  unheard: PersonFacts | null
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']
const inWords = (number: number) => NUMBERS[number] ?? String(number)
const plural = (number: number, one: string, many: string) => (number === 1 ? one : many)

/** What the next session still needs, and what is in place. */
export function readinessOf({ slug }: { slug: string }, next: NextFacts): ReadinessItem[] {
  // Over days nobody keeps time, welcomes or looks for the place.
  if (next.overDays) return [expectedItem(next)]
  return [
    planItem(slug, next),
    ...(next.place || next.onlineLink ? [] : [placeItem(slug, next)]),
    comingItem(next),
    ...(next.openQuestions === null ? [] : [questionsItem(slug, next, next.openQuestions)]),
    timekeeperItem(slug, next),
    dutiesItem(slug, next),
  ]
}

const pageOf = (slug: string, { id }: { id: string }, rest = '') => `/groups/${slug}/sessions/${id}${rest}`

function planItem(slug: string, next: NextFacts): ReadinessItem {
  const spare = spareMinutes(next, next.blocks)
  const href = pageOf(slug, next, '/plan')
  const item = { id: 'plan', ready: false, detail: null } as const
  if (next.blocks.length === 0)
    return { ...item, text: 'There is no plan yet', action: { label: 'Make the plan', href } }
  if (spare < 0)
    return {
      ...item,
      text: `The plan is ${-spare} ${plural(-spare, 'minute', 'minutes')} too long`,
      action: { label: 'Shorten it', href },
    }
  const blocks = `${next.blocks.length} ${plural(next.blocks.length, 'block', 'blocks')}`
  return {
    id: 'plan',
    ready: true,
    text: `Plan fits ${planMinutes(next.blocks) + spare} minutes`,
    detail: spare === 0 ? blocks : `${blocks}, ${spare} min spare`,
    action: null,
  }
}

const placeItem = (slug: string, next: NextFacts): ReadinessItem => ({
  id: 'place',
  ready: false,
  text: 'Nobody knows where yet',
  detail: null,
  action: { label: 'Say where', href: pageOf(slug, next, '#change') },
})

function dutiesItem(slug: string, { welcomed, noted }: NextFacts): ReadinessItem {
  if (welcomed && noted)
    return {
      id: 'duties',
      ready: true,
      text: 'Somebody welcomes, somebody takes notes',
      detail: null,
      action: null,
    }
  const missing = [!welcomed && 'welcomes', !noted && 'takes notes'].filter(Boolean).join(' or ')
  return {
    id: 'duties',
    ready: false,
    text: `Nobody ${missing} yet`,
    detail: null,
    action: { label: 'See the rota', href: `/groups/${slug}/rota` },
  }
}

function comingItem(next: NextFacts): ReadinessItem {
  const { coming, guests, notComing, silent, members, capacity, waiting } = next
  const parts = [
    guests > 0 && `${guests} ${plural(guests, 'guest', 'guests')}`,
    waiting > 0 && `${waiting} ${plural(waiting, 'waits', 'wait')} for a place`,
    notComing > 0 && `${notComing} can’t`,
    silent.length > 0 && `${silent.length} silent`,
  ]
  const ready = coming * 2 >= Math.min(members, capacity ?? members)
  return {
    id: 'coming',
    ready,
    text:
      capacity === null
        ? `${coming - guests} of ${members} ${plural(coming - guests, 'is', 'are')} coming`
        : `${coming} of ${capacity} ${plural(capacity, 'place', 'places')} ${plural(coming, 'is', 'are')} taken`,
    detail: parts.filter((part) => part !== false).join(', ') || null,
    action: ready || silent.length === 0 ? null : { label: 'Ask the silent ones', href: askToCome(next) },
  }
}

/**
 * How many are expected. Over days everybody is waited for who did not say that they can't; nobody has to answer first.
 */
export const countExpected = ({
  overDays = false,
  members,
  notComing,
  coming,
}: Pick<NextFacts, 'overDays' | 'members' | 'notComing' | 'coming'>): number =>
  overDays ? members - notComing : coming

function expectedItem(next: NextFacts): ReadinessItem {
  const { members, notComing } = next
  const expected = countExpected(next)
  return {
    id: 'coming',
    ready: expected > 0,
    text: `${expected} of ${members} ${plural(expected, 'is', 'are')} expected`,
    detail: notComing > 0 ? `${notComing} can’t` : null,
    action: null,
  }
}

const questionsItem = (slug: string, next: NextFacts, open: number): ReadinessItem =>
  open === 0
    ? {
        id: 'questions',
        ready: true,
        text: 'No open question waits in the episode’s threads',
        detail: null,
        action: null,
      }
    : {
        id: 'questions',
        ready: false,
        text: `${inWords(open)} open ${plural(open, 'question', 'questions')} from the episode’s threads`,
        detail: null,
        action: { label: 'Put into the plan', href: pageOf(slug, next, '/plan?questions') },
      }

function timekeeperItem(slug: string, next: NextFacts): ReadinessItem {
  if (next.timekeeper)
    return {
      id: 'timekeeper',
      ready: true,
      text: `${next.timekeeper} keeps time`,
      detail: null,
      action: null,
    }
  const asked = next.couldKeepTime
  return {
    id: 'timekeeper',
    ready: false,
    text: 'Nobody keeps time yet',
    detail: null,
    action: asked
      ? { label: `Ask ${asked.name} (least often so far)`, href: askForTime(next, asked) }
      : { label: 'Choose somebody', href: pageOf(slug, next, '#change') },
  }
}

/** The one thing to do now: the first of these that holds and was not put off. */
export function oneThingNow(
  facts: GroupFacts,
  now: Date,
  putOff: ReadonlySet<string> = new Set(),
): Suggestion | null {
  return suggestionsFor(facts, now).find(({ id }) => !putOff.has(id)) ?? null
}

/** How long before the start a facilitator opens the room. */
const OPENS_BEFORE = 0.5 * HOUR
const SOON = 48 * HOUR
const TIME_TO_ASK = 5 * 24 * HOUR

/** An item of the list that is not ready, with what makes it so. */
type Lacking = { text: string; action: Suggestion['action']; next: NextFacts }

function suggestionsFor(facts: GroupFacts, now: Date): Suggestion[] {
  const { slug, next, missed, neverHeld, unheard } = facts
  const ahead = next ? new Date(next.startsAt).getTime() - now.getTime() : Infinity
  const items = next ? readinessOf(facts, next).filter(({ ready }) => !ready) : []
  const lacking = (id: ReadinessItem['id']): Lacking[] =>
    items.flatMap((item) =>
      item.id === id && item.action && next ? [{ ...item, action: item.action, next }] : [],
    )

  return [
    ...(next && (next.status === 'live' || (ahead <= OPENS_BEFORE && !next.overDays)) ? [enter(next)] : []),
    ...(next ? [] : [schedule(facts)]),
    ...(ahead <= SOON ? lacking('plan').map(fixPlan) : []),
    ...missed.map((person) => write(facts, person)),
    ...(neverHeld ? [sayWhatHappened(slug, neverHeld)] : []),
    ...lacking('plan').map(fixPlan),
    ...lacking('place').map(fixPlace),
    ...lacking('questions').map(takeUp),
    ...(ahead <= TIME_TO_ASK && next && next.silent.length > 0 ? [askSilent(next)] : []),
    ...lacking('timekeeper').map(findTimekeeper),
    ...(unheard && next ? [hear(slug, next, unheard)] : []),
  ]
}

const enter = (next: NextFacts): Suggestion => ({
  id: `room:${next.id}`,
  title: next.status === 'live' ? 'The session is on.' : 'It begins soon. Open the room.',
  detail: next.overDays
    ? 'Each part is open until its time is up, or everybody is done.'
    : 'People gather in the room before the first block starts.',
  action: { label: 'Go to the room', href: `/room/${next.id}` },
})

const schedule = ({ slug, suggestedDate }: GroupFacts): Suggestion => ({
  id: 'schedule',
  title: 'Nothing is scheduled. A date keeps a group alive.',
  detail: `By your rhythm the next one would be on ${suggestedDate}.`,
  action: { label: 'Schedule a session', href: `/groups/${slug}/sessions/new` },
})

const fixPlan = ({ text, action, next }: Lacking): Suggestion => ({
  id: `plan:${next.id}`,
  title: `${text}.`,
  detail: 'What does not fit is cut in the room, under pressure. It is kinder to cut it now.',
  action,
})

const fixPlace = ({ text, action, next }: Lacking): Suggestion => ({
  id: `place:${next.id}`,
  title: `${text}.`,
  detail: 'A room or a link: everybody is told when it changes.',
  action,
})

function write({ name: group }: GroupFacts, person: MissedFacts): Suggestion {
  const { openCommitment } = person
  return {
    id: `missed:${person.id}`,
    title: `${person.name} has missed two sessions. A short personal line works best.`,
    detail: openCommitment
      ? `The commitment from “${openCommitment.session}” is still open: “${openCommitment.action}”.`
      : 'No reason is needed. Say that the chair is still there.',
    action: {
      label: `Write to ${person.name}`,
      href: mailTo([person], `${group}: we missed you`, `Hello ${person.name},\n\n`),
    },
  }
}

const sayWhatHappened = (slug: string, session: { id: string; title: string }): Suggestion => ({
  id: `held:${session.id}`,
  title: `Did “${session.title}” take place?`,
  detail: 'Its time is over and its room was never opened. Cancel it, or move it to a new date.',
  action: { label: 'Look at it', href: pageOf(slug, session) },
})

const takeUp = ({ text, action, next }: Lacking): Suggestion => ({
  id: `questions:${next.id}`,
  title: `${text}.`,
  detail: 'Somebody asked before the session. The best talks begin with a question that is real.',
  action,
})

const askSilent = (next: NextFacts): Suggestion => ({
  id: `silent:${next.id}`,
  title: `${inWords(next.silent.length)} ${plural(next.silent.length, 'person has', 'people have')} not said whether they come.`,
  detail: `${new Intl.ListFormat('en-GB').format(next.silent.map(({ name }) => name))}. A short question is enough.`,
  action: { label: 'Ask them', href: askToCome(next) },
})

const findTimekeeper = ({ text, action, next }: Lacking): Suggestion => ({
  id: `time:${next.id}`,
  title: `${text}.`,
  detail: 'Whoever runs the session can then look at the people instead of the clock.',
  action: { ...action, label: action.label.replace(/ \(.*\)$/, '') },
})

const hear = (slug: string, next: NextFacts, person: PersonFacts): Suggestion => ({
  id: `heard:${person.id}`,
  title: `${person.name} had no turn last time. Offer the first word.`,
  detail: 'A go-round at the beginning, or one person asked by name, changes an evening.',
  action: { label: 'Look at the plan', href: pageOf(slug, next, '/plan') },
})

const askToCome = (next: NextFacts) =>
  mailTo(
    next.silent,
    `${next.title}: are you coming?`,
    `Hello,\n\n${next.title} is on ${next.when}. Are you coming?\n\n`,
  )

const askForTime = (next: NextFacts, person: PersonFacts) =>
  mailTo(
    [person],
    `${next.title}: would you keep time?`,
    `Hello ${person.name},\n\nwould you keep time on ${next.when}? You tell us when a part has two minutes left; that is all.\n\n`,
  )

/** To several people as blind copies, so that nobody’s silence is shown to the others. */
export function mailTo(people: readonly PersonFacts[], subject: string, body: string): string {
  const addresses = people.map(({ email }) => encodeURIComponent(email)).join(',')
  const words = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
  return people.length === 1 ? `mailto:${addresses}?${words}` : `mailto:?bcc=${addresses}&${words}`
}
