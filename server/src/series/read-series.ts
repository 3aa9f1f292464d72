import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { memberships, registrations, rsvps, series, sessions } from '#db/schema.ts'
import { readRule, sayRule, withEnd } from '#shared/series-rule.ts'
import type { ClockNote, Series, SeriesDates, SeriesSession } from '#shared/series.ts'
import { placeInWords } from '#shared/where.ts'
import { mayFacilitate, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { toInstant, toLocal } from '../sessions/local-time.ts'
import { placeOfMeeting } from '../sessions/where.ts'
import type { SeriesRow } from './guards.ts'
import { occurrencesOf } from './occurrences.ts'

/** A series as one member of its group sees it. */
export async function readSeries(house: House, member: Member, seriesId: string): Promise<Series> {
  const { db } = house
  const [row] = await db.select().from(series).where(eq(series.id, seriesId))
  if (!row) throw new Error('a series that was there is gone')
  const now = house.now()
  const rows = await readRows(db, row.id, member.account.id)
  const ahead = rows.filter(({ session }) => isAhead(session, now))
  return {
    id: row.id,
    groupId: row.groupId,
    title: row.title,
    inWords: wordsOf(row),
    zone: row.zone,
    time: row.startsLocal.slice(11),
    minutes: row.minutes,
    templateId: row.templateId,
    groupTemplateId: row.groupTemplateId,
    followsProgramme: row.followsProgramme,
    room: row.room,
    place: placeInWords(placeOfMeeting(member.group, row)),
    onlineLink: row.onlineLink,
    capacity: row.capacity,
    ended: row.endedAt !== null || ahead.length === 0,
    runs: mayFacilitate(member),
    registered: await isRegistered(db, row.id, member.account.id),
    registeredCount: await countRegistered(db, row.id),
    sessions: rows.map(({ session, ...counts }) => ({ ...show(row, session, now), ...counts })),
    rest: restOf(
      row,
      rows.map(({ session }) => session),
      now,
    ),
  }
}

export const wordsOf = ({ rule, startsLocal }: Pick<SeriesRow, 'rule' | 'startsLocal'>): string =>
  sayRule(readRule(rule), startsLocal)

export const isAhead = ({ status, startsAt }: SessionRow, now: Date): boolean =>
  status === 'scheduled' && startsAt > now

const readRows = (db: Reader, seriesId: string, accountId: string) =>
  db
    .select({
      session: sessions,
      coming: sql<number>`(select count(*)::int from ${rsvps} r join ${memberships} m
        on m.group_id = r.group_id and m.account_id = r.account_id and m.status = 'active'
        where r.session_id = ${sessions.id} and r.answer = 'coming')`,
      mine: rsvps.answer,
    })
    .from(sessions)
    .leftJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, accountId)))
    .where(eq(sessions.seriesId, seriesId))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))

function show({ zone }: SeriesRow, session: SessionRow, now: Date): Omit<SeriesSession, 'coming' | 'mine'> {
  const { id, title, status, startsAt, endsAt, occurrence } = session
  const meant = occurrence === null ? startsAt : toInstant(occurrence, zone)
  const moved = meant.getTime() !== startsAt.getTime()
  return {
    id,
    title,
    status,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    moved,
    clock: moved || occurrence === null ? 'usual' : clockOf(occurrence, startsAt, zone),
    past: status === 'wrapped-up' || startsAt <= now,
  }
}

const HOUR = 3_600_000

function clockOf(occurrence: string, startsAt: Date, zone: string): ClockNote {
  if (toLocal(startsAt, zone) !== occurrence) return 'left-out'
  const later = [HOUR / 2, HOUR].some(
    (jump) => toLocal(new Date(startsAt.getTime() + jump), zone) === occurrence,
  )
  return later ? 'twice' : 'usual'
}

export async function isRegistered(db: Reader, seriesId: string, accountId: string): Promise<boolean> {
  const [found] = await db
    .select({ at: registrations.registeredAt })
    .from(registrations)
    .where(and(eq(registrations.seriesId, seriesId), eq(registrations.accountId, accountId)))
  return found !== undefined
}

async function countRegistered(db: Reader, seriesId: string): Promise<number> {
  const [found] = await db
    .select({ people: count() })
    .from(registrations)
    .innerJoin(
      memberships,
      and(
        eq(memberships.groupId, registrations.groupId),
        eq(memberships.accountId, registrations.accountId),
        eq(memberships.status, 'active'),
      ),
    )
    .where(eq(registrations.seriesId, seriesId))
  return found?.people ?? 0
}

/** What a change of the dates begins with: the rule from the next session on, with what was cancelled left out. */
function restOf(row: SeriesRow, all: readonly SessionRow[], now: Date): SeriesDates | null {
  const rest = occurrencesOf(row.rule, row.startsLocal, row.zone).filter(({ startsAt }) => startsAt > now)
  const [first] = rest
  if (!first) return null
  const rule = readRule(row.rule)
  const cancelled = all.flatMap(({ status, occurrence }) =>
    status === 'cancelled' && occurrence !== null ? [occurrence] : [],
  )
  const dates = new Set(rest.map(({ local }) => local))
  return {
    startsLocal: first.local,
    rule: 'count' in rule.end ? withEnd(rule, { count: rest.length }) : row.rule,
    exceptions: [...new Set([...row.exceptions, ...cancelled])].filter((local) => dates.has(local)).sort(),
  }
}
