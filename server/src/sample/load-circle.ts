import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { Transaction } from '#db/connect.ts'
import {
  accounts,
  answers,
  attendances,
  blocks,
  chapters,
  checklistTicks,
  commitments,
  episodes,
  groups,
  memberships,
  posts,
  rsvps,
  segments,
  sessions,
  threads,
  turns,
} from '#db/schema.ts'
import { upTo } from '#shared/ranges.ts'
import { CONTEXT, type Anchor } from '#shared/threads.ts'
import type { ParsedEpisode } from '#shared/episodes.ts'
import type { SessionTemplate } from '#shared/guide.ts'
import { parseDocument } from '../episodes/parse/document.ts'
import { findTemplate, readGuide } from '../guide/read-guide.ts'
import { addMarks } from '../marks/keep-marks.ts'
import { indexEpisode } from '../passages/index-episode.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { makeRoom } from '../rooms/rooms.ts'
import { toInstant, toLocal } from '../sessions/local-time.ts'
import { readCircle, readSampleFile, type Circle } from './circle.ts'

export const SAMPLE_SLUG = 'harbour-circle'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

type SamplePerson = { id: string; name: string }
type Loading = {
  tx: Transaction
  circle: Circle
  groupId: string
  people: Map<string, SamplePerson>
  /** The wall clock of the circle, so many days from today. */
  at: (day: number, clock?: string) => Date
}

/** Fills an empty instance with the sample circle. All of it is invented; days count from `now`. */
export async function loadCircle(tx: Transaction, now: Date): Promise<void> {
  const circle = readCircle()
  const { group } = circle
  const at = (day: number, clock = '10:15') => {
    const date = toLocal(new Date(now.getTime() + day * DAY), group.zone).slice(0, 10)
    return toInstant(`${date}T${clock}`, group.zone)
  }
  const people = new Map(circle.people.map(({ id, name }) => [id, { id: randomUUID(), name }]))
  const [added] = await tx
    .insert(groups)
    .values({
      slug: SAMPLE_SLUG,
      name: group.name,
      purpose: group.purpose,
      kind: 'internal',
      visibility: 'private',
      admission: 'invite-only',
      programmeId: group.programme,
      rhythm: 'fortnightly',
      firstSessionAt: at(circle.sessions[0]?.day ?? 0, group.startsAt),
      zone: group.zone,
      places: group.places,
      room: group.room,
      onlineLink: group.onlineLink,
      sample: true,
      createdAt: at(-80),
    })
    .returning({ id: groups.id })
  if (!added) throw new Error('The sample circle is there already.')
  await makeRoom(tx, added.id, added.id, 'group')
  const loading: Loading = { tx, circle, groupId: added.id, people, at }

  await loadPeople(loading)
  const parsed = await loadEpisodes(loading)
  await loadThreads(loading, parsed)
  for (const [step, session] of circle.sessions.entries())
    await loadPastSession(loading, session, step, parsed)
  await loadNextSession(loading, parsed)
}

const idOf = ({ people }: Loading, person: string): string => {
  const found = people.get(person)
  if (!found) throw new Error(`There is no ${person} in the sample circle.`)
  return found.id
}

async function loadPeople(loading: Loading): Promise<void> {
  const { tx, circle, groupId, at } = loading
  for (const { id, name, role } of circle.people) {
    const accountId = idOf(loading, id)
    await tx.insert(accounts).values({
      id: accountId,
      // `.invalid` can't be delivered to, and there is no password.
      email: `${id}@sample.invalid`,
      name,
      verifiedAt: at(-80),
      zone: circle.group.zone,
      sample: true,
      createdAt: at(-80),
    })
    await tx
      .insert(memberships)
      .values({ groupId, accountId, role, status: 'active', joinedAt: at(-78), createdAt: at(-78) })
  }
  const items = readGuide().checklist.filter(({ kinds }) => kinds.includes('internal'))
  await tx.insert(checklistTicks).values(items.map(({ id }) => ({ groupId, item: id, tickedAt: at(-70) })))
}

type LoadedEpisode = ParsedEpisode & { id: string }

async function loadEpisodes(loading: Loading): Promise<Map<string, LoadedEpisode>> {
  const { tx, circle, groupId, at } = loading
  const loaded = new Map<string, LoadedEpisode>()
  for (const { file, day, by } of circle.episodes) {
    const parsed = parseDocument(readSampleFile(`episodes/${file}`))
    const id = randomUUID()
    await tx.insert(episodes).values({
      id,
      groupId,
      title: parsed.title,
      showTitle: 'Short Side Talks',
      notes: parsed.notes,
      duration: parsed.segments.at(-1)?.end ?? null,
      language: 'en',
      importedBy: idOf(loading, by),
      importedAt: at(day),
    })
    const of = { groupId, episodeId: id }
    await tx
      .insert(chapters)
      .values(parsed.chapters.map((chapter, position) => ({ ...of, position, ...chapter })))
    await tx
      .insert(segments)
      .values(parsed.segments.map((segment, position) => ({ ...of, position, ...segment })))
    await indexEpisode(tx, id)
    await makeRoom(tx, id, groupId, 'episode')
    loaded.set(file, { ...parsed, id })
  }
  return loaded
}

async function loadThreads(loading: Loading, parsed: Map<string, LoadedEpisode>): Promise<void> {
  const { tx, circle, groupId, at } = loading
  for (const { episode, quote, question = 'none', posts: said } of circle.threads) {
    const source = parsed.get(episode)
    const [first] = said
    if (!source || !first) throw new Error(`The sample thread on “${quote}” has no episode or no post.`)
    const id = randomUUID()
    await tx.insert(threads).values({
      id,
      groupId,
      roomId: source.id,
      episodeId: source.id,
      anchor: anchorOf(source, quote),
      question,
      lastNumber: said.length,
      startedBy: idOf(loading, first.by),
      startedAt: at(first.day),
    })
    await tx.insert(posts).values(
      said.map(({ by, day, text }, index) => ({
        groupId,
        threadId: id,
        number: index + 1,
        accountId: idOf(loading, by),
        body: text,
        postedAt: new Date(at(day).getTime() + index * 7 * MINUTE),
      })),
    )
    await indexPosts(tx, eq(posts.threadId, id))
    // Whoever wrote had read what came before.
    const last = new Map(said.map(({ by }, index) => [by, index + 1]))
    for (const [by, number] of last)
      await addMarks(tx, { accountId: idOf(loading, by), groupId, threadId: id }, upTo(number), at(first.day))
  }
}

function anchorOf({ segments: spoken, chapters: named }: ParsedEpisode, quote: string): Anchor {
  const segment = spoken.find(({ text }) => text.includes(quote))
  if (!segment) throw new Error(`Nobody says “${quote}” in the sample.`)
  const from = segment.text.indexOf(quote)
  return {
    quote,
    prefix: segment.text.slice(Math.max(0, from - CONTEXT), from),
    suffix: segment.text.slice(from + quote.length, from + quote.length + CONTEXT),
    speaker: segment.speaker,
    start: segment.start,
    end: segment.end,
    chapter: named.findLast(({ start }) => start <= (segment.start ?? 0))?.start ?? null,
  }
}

function templateOf(id: string): SessionTemplate {
  const template = findTemplate(id)
  if (!template) throw new Error(`The guide has no template ${id}.`)
  return template
}

async function loadPastSession(
  loading: Loading,
  past: Circle['sessions'][number],
  step: number,
  parsed: Map<string, LoadedEpisode>,
): Promise<void> {
  const { tx, groupId, at, circle } = loading
  const template = templateOf(past.template)
  const startsAt = at(past.day, circle.group.startsAt)
  const endsAt = new Date(startsAt.getTime() + template.minutes * MINUTE)
  const sessionId = await addSession(loading, template, {
    startsAt,
    endsAt,
    step,
    episodeId: past.episode ? (parsed.get(past.episode)?.id ?? null) : null,
    status: 'wrapped-up',
    openedAt: startsAt,
    wrappedUpAt: endsAt,
  })
  const there = circle.people.filter(({ id }) => !past.absent.includes(id))
  const present = there.map(({ id }) => ({ groupId, sessionId, accountId: idOf(loading, id) }))
  await tx
    .insert(attendances)
    .values(present.map((one) => ({ ...one, noticed: 'room' as const, arrivedAt: startsAt })))
  await tx
    .insert(rsvps)
    .values(present.map((one) => ({ ...one, answer: 'coming' as const, answeredAt: at(past.day - 5) })))
  await addTurns(loading, sessionId, past.turns, startsAt)
  await addAnswers(loading, sessionId, template, past.answers, startsAt)
  await tx.insert(commitments).values(
    past.commitments.map(({ by, if: cue, then: action, days, status, what }) => ({
      groupId,
      sessionId,
      accountId: idOf(loading, by),
      cue,
      action,
      due: at(past.day + days)
        .toISOString()
        .slice(0, 10),
      status,
      reflection: what ?? '',
      madeAt: endsAt,
      closedAt: status === 'open' ? null : at(Math.min(past.day + days, -1)),
    })),
  )
}

type When = {
  startsAt: Date
  endsAt: Date
  step: number
  episodeId: string | null
  status: 'scheduled' | 'wrapped-up'
  openedAt?: Date
  wrappedUpAt?: Date
}

async function addSession(
  loading: Loading,
  template: SessionTemplate,
  { step, ...when }: When,
): Promise<string> {
  const { tx, groupId, circle } = loading
  const id = randomUUID()
  await tx.insert(sessions).values({
    id,
    groupId,
    title: template.title,
    purpose: template.purpose,
    templateId: template.id,
    programmeStep: step,
    room: circle.group.room,
    onlineLink: circle.group.onlineLink,
    preparation: template.preparation.everybody.join('\n\n'),
    facilitatorId: idOf(loading, step % 2 === 0 ? 'tom' : 'aisha'),
    createdAt: new Date(when.startsAt.getTime() - 14 * DAY),
    ...when,
  })
  let clock = when.startsAt.getTime()
  const done = when.status === 'wrapped-up'
  await tx.insert(blocks).values(
    template.blocks.map(({ options = {}, ...block }, position) => {
      const startedAt = new Date(clock)
      clock += block.minutes * MINUTE
      const ranFor = block.minutes * MINUTE
      const times = done ? { startedAt, endedAt: new Date(clock), ranFor } : {}
      return { ...block, options, groupId, sessionId: id, position, ...times }
    }),
  )
  await makeRoom(tx, id, groupId, 'session')
  return id
}

async function addTurns(
  loading: Loading,
  sessionId: string,
  counts: Record<string, number>,
  from: Date,
): Promise<void> {
  const { tx, groupId } = loading
  const taken = Object.entries(counts).flatMap(([person, times]) =>
    Array.from({ length: times }, (_, index) => ({
      accountId: idOf(loading, person),
      minute: 5 + index * 9,
    })),
  )
  await tx.insert(turns).values(
    taken.map(({ accountId, minute }) => ({
      groupId,
      sessionId,
      accountId,
      askedAt: new Date(from.getTime() + minute * MINUTE),
      beganAt: new Date(from.getTime() + (minute + 1) * MINUTE),
      endedAt: new Date(from.getTime() + (minute + 2) * MINUTE),
    })),
  )
}

/** What people wrote in the `write` blocks, revealed long since; an empty entry stayed with its writers. */
async function addAnswers(
  loading: Loading,
  sessionId: string,
  template: SessionTemplate,
  written: Record<string, string>[],
  startsAt: Date,
): Promise<void> {
  const { tx, groupId } = loading
  const plan = await tx.query.blocks.findMany({
    where: (block, { eq, and }) => and(eq(block.sessionId, sessionId), eq(block.kind, 'write')),
    orderBy: (block, { asc }) => asc(block.position),
  })
  if (written.length > plan.length)
    throw new Error(`The sample has more answers than ${template.id} has blocks to write in.`)
  for (const [index, texts] of written.entries()) {
    const block = plan[index]
    if (!block || Object.keys(texts).length === 0) continue
    await tx.insert(answers).values(
      Object.entries(texts).map(([person, body]) => ({
        groupId,
        blockId: block.id,
        accountId: idOf(loading, person),
        body,
        revision: 1,
        done: block.startedAt ?? startsAt,
        writtenAt: block.startedAt ?? startsAt,
      })),
    )
    await tx
      .update(blocks)
      .set({ revealedAt: block.endedAt ?? startsAt })
      .where(eq(blocks.id, block.id))
  }
}

async function loadNextSession(loading: Loading, parsed: Map<string, LoadedEpisode>): Promise<void> {
  const { tx, groupId, at, circle } = loading
  const { next } = circle
  const template = templateOf(next.template)
  const startsAt = at(next.day, circle.group.startsAt)
  const sessionId = await addSession(loading, template, {
    startsAt,
    endsAt: new Date(startsAt.getTime() + template.minutes * MINUTE),
    step: circle.sessions.length,
    episodeId: parsed.get(next.episode)?.id ?? null,
    status: 'scheduled',
  })
  await tx.insert(rsvps).values(
    Object.entries(next.rsvps).map(([person, answer]) => ({
      groupId,
      sessionId,
      accountId: idOf(loading, person),
      answer,
      answeredAt: at(-2),
    })),
  )
}
