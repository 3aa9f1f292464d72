import { isDeepStrictEqual } from 'node:util'
import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { series as seriesTable, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { sessionMinutes } from '#shared/session-plan.ts'
import type { Series, SeriesChange } from '#shared/series.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { tellRooms, type Told } from '../rooms/change-room.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { sayWhen, toInstant } from '../sessions/local-time.ts'
import { tellGuestsCancelled, tellGuestsMoved } from '../sessions/mail-guests.ts'
import { looksOtherwise, nextSequence } from '../sessions/next-sequence.ts'
import { freeQuestions } from '../sessions/open-questions.ts'
import { sayWhere, toLink, toPlace } from '../sessions/where.ts'
import { comeToAll, readRegistered } from './come.ts'
import { lockSeries, type SeriesChair, type SeriesRow } from './guards.ts'
import { makeSessions } from './make-sessions.ts'
import { matchDates } from './match-dates.ts'
import type { Occurrence } from './occurrences.ts'
import { planDates } from './plan-dates.ts'
import { readSeries } from './read-series.ts'
import { occupied, readScope, type Held, type Scope } from './scope.ts'
import { asFile, listDates, mailAboutSeries, seriesPage } from './series-letters.ts'

const MINUTE = 60_000
const NEW_DATES = 'The dates of the series have changed.'

/**
 * Changes what lies ahead of a series. A session keeps what it has of its own: another time, place, title or length than
 * the series gave it, its plan, and what people said. One mail says what moved, was cancelled, or is new.
 */
export async function changeSeries(house: House, chair: SeriesChair, change: SeriesChange): Promise<Series> {
  const { member } = chair
  requireOpenGroup(member.group)
  const told = await house.db.transaction(async (tx) => {
    const before = await lockSeries(tx, chair.series.id)
    const after = afterChange(before, change)
    // Sent twice, it is heard once.
    if (isDeepStrictEqual({ ...before, ...after }, before)) return []
    const scope = await lockScope(house, tx, before, change.from)
    const { dates } = change
    if (scope.inScope.length === 0 && !dates)
      throw new Refusal('conflict', 'Nothing of this series lies ahead any more. Plan new dates for it.')
    await tx.update(seriesTable).set(after).where(eq(seriesTable.id, before.id))

    const outcome: Outcome = dates
      ? await redate(house, tx, chair, scope, { ...before, ...after }, change)
      : { kept: scope.inScope.map((session) => ({ session })), cancelled: [], added: [] }
    const moved: Moved[] = []
    for (const { session, date } of outcome.kept) {
      const changed = await changeOne(house, tx, before, after, session, date)
      if (changed) moved.push(changed)
    }
    await tellEverybody(house, tx, chair, { ...before, ...after }, { ...outcome, moved })
    for (const one of moved) await tellGuestsMoved(house, tx, member.group, one.before, one.after)
    for (const one of outcome.cancelled) await tellGuestsCancelled(house, tx, member.group, one)
    return scope.told
  })
  for (const { roomId, number } of told) house.rooms.announce(roomId, number)
  await freeQuestions(house, member.group.id)
  return readSeries(house, member, chair.series.id)
}

/** Holds the rooms of all that may change, so nothing opens or is changed meanwhile; then looks. */
export async function lockScope(
  house: House,
  tx: Transaction,
  { id }: SeriesRow,
  from: string | undefined,
): Promise<Scope & { told: Told[] }> {
  const { inScope } = await readScope(tx, house, id, from)
  const ids = inScope.map((session) => session.id)
  const told = await tellRooms(house, tx, ids, { type: 'plan-changed' })
  const scope = await readScope(tx, house, id, from)
  return { ...scope, inScope: scope.inScope.filter((session) => ids.includes(session.id)), told }
}

function afterChange(before: SeriesRow, { title, minutes, room, onlineLink, dates }: SeriesChange) {
  return {
    title: title?.trim() ?? before.title,
    minutes: minutes ?? before.minutes,
    room: room === undefined ? before.room : toPlace(room),
    onlineLink: onlineLink === undefined ? before.onlineLink : toLink(onlineLink),
    ...(dates
      ? {
          rule: dates.rule.trim().toUpperCase(),
          startsLocal: dates.startsLocal,
          exceptions: [...new Set(dates.exceptions)].sort(),
          endedAt: null,
        }
      : {}),
  }
}

type After = ReturnType<typeof afterChange>
type Kept = { session: Held; date?: Occurrence }
type Outcome = { kept: Kept[]; cancelled: SessionRow[]; added: SessionRow[] }
type Moved = { before: SessionRow; after: SessionRow }

/** Brings the sessions to their new dates: some stay, some move, some are cancelled, some are new. */
async function redate(
  house: House,
  tx: Transaction,
  { member: { group } }: SeriesChair,
  scope: Scope,
  after: SeriesRow,
  { dates }: SeriesChange,
): Promise<Outcome> {
  if (!dates) return { kept: [], cancelled: [], added: [] }
  const { kept } = planDates(dates, after.zone, house.now())
  const taken = occupied(scope)
  const wanted = kept.filter(({ local }) => !taken.has(local))
  const { stay, move, cancel, add } = matchDates(scope.inScope, wanted)
  for (const session of cancel) await cancelOne(house, tx, session, NEW_DATES)
  // What was cancelled gives its date back, so that a session can stand there anew.
  await tx
    .update(sessions)
    .set({ occurrence: null })
    .where(
      and(
        eq(sessions.seriesId, after.id),
        eq(sessions.status, 'cancelled'),
        inArray(
          sessions.occurrence,
          wanted.map(({ local }) => local),
        ),
      ),
    )
  const added = await makeSessions(house, tx, group, after, add)
  await comeToAll(house, tx, added, await readRegistered(tx, after.id))
  return { kept: [...stay, ...move], cancelled: cancel, added }
}

export async function cancelOne(
  house: House,
  tx: Transaction,
  session: SessionRow,
  reason: string,
): Promise<void> {
  await tx
    .update(sessions)
    .set({ status: 'cancelled', cancelReason: reason, ...nextSequence(house, session) })
    .where(eq(sessions.id, session.id))
}

/** Gives one session what the series says now, where it had what the series said before. */
async function changeOne(
  house: House,
  tx: Transaction,
  before: SeriesRow,
  after: After,
  session: Held,
  date: Occurrence | undefined,
): Promise<Moved | undefined> {
  const ownTime = toInstant(session.occurrence, before.zone).getTime() !== session.startsAt.getTime()
  const startsAt = date && !ownTime ? date.startsAt : session.startsAt
  const length = sessionMinutes(session)
  const minutes = length === before.minutes ? after.minutes : length
  const follow = <Part extends 'title' | 'room' | 'onlineLink'>(part: Part) =>
    session[part] === before[part] ? after[part] : session[part]
  const next: SessionRow = {
    ...session,
    occurrence: date?.local ?? session.occurrence,
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * MINUTE),
    title: follow('title') ?? session.title,
    room: follow('room'),
    onlineLink: follow('onlineLink'),
  }
  const seen = looksOtherwise(session, next)
  if (!seen && next.occurrence === session.occurrence) return undefined
  const { occurrence, endsAt, title, room, onlineLink } = next
  const moves = hasMoved(session, next)
  await tx
    .update(sessions)
    .set({
      ...{ occurrence, startsAt, endsAt, title, room, onlineLink },
      ...(seen ? nextSequence(house, session) : {}),
      ...(moves ? { announcedAt: house.now() } : {}),
    })
    .where(eq(sessions.id, session.id))
  return moves ? { before: session, after: { ...next, ...nextSequence(house, session) } } : undefined
}

const hasMoved = (before: SessionRow, after: SessionRow) =>
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime() ||
  before.room !== after.room ||
  before.onlineLink !== after.onlineLink

/** One mail about everything that people have to know. */
async function tellEverybody(
  house: House,
  tx: Transaction,
  { member: { account, group } }: SeriesChair,
  after: SeriesRow,
  { moved, cancelled, added }: { moved: Moved[]; cancelled: SessionRow[]; added: SessionRow[] },
): Promise<void> {
  if (moved.length + cancelled.length + added.length === 0) return
  const { zone } = after
  const sections = [
    ...(moved.length > 0
      ? [
          `Moved:\n${moved
            .map(
              (one) =>
                `- ${sayWhen(one.after, zone)}, ${sayWhere(group, one.after)}\n  before: ${sayWhen(one.before, zone)}, ${sayWhere(group, one.before)}`,
            )
            .join('\n')}`,
          'What you said about coming still stands. If it is different now, say so.',
        ]
      : []),
    ...(cancelled.length > 0 ? [`Cancelled:\n${listDates(cancelled, zone, after.followsProgramme)}`] : []),
    ...(added.length > 0
      ? [
          `New:\n${listDates(added, zone, after.followsProgramme)}`,
          'Whoever is registered for the series comes to the new ones too.',
        ]
      : []),
  ]
  const gone = cancelled.map((session) => ({
    ...session,
    status: 'cancelled' as const,
    cancelReason: NEW_DATES,
    ...nextSequence(house, session),
  }))
  await mailAboutSeries(
    house,
    tx,
    group,
    after,
    {
      subject: `${after.title}: ${moved.length + cancelled.length > 0 ? 'dates have changed' : 'new dates'}`,
      paragraphs: [`${account.name} has changed a series of ${group.name}: ${after.title}.`, ...sections],
      action: { label: 'See the dates', url: seriesPage(house, group.slug, after.id) },
      calendar: asFile(house, group, [...moved.map((one) => one.after), ...gone, ...added]),
    },
    { but: account.id, registered: await readRegistered(tx, after.id) },
  )
}
