import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { toLocal } from '../sessions/local-time.ts'
import { isAhead } from './read-series.ts'

/** A session that may still be changed, with the date that the series gave it. */
export type Held = SessionRow & { occurrence: string }
export type Scope = { inScope: Held[]; others: SessionRow[] }

/** What a change is for: all that lies ahead, or what begins with one session or later. */
export async function readScope(
  db: Reader,
  house: House,
  seriesId: string,
  from: string | undefined,
): Promise<Scope> {
  const all = await db
    .select()
    .from(sessions)
    .where(eq(sessions.seriesId, seriesId))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
  const first = from === undefined ? undefined : all.find(({ id }) => id === from)
  if (from !== undefined && !first)
    throw new Refusal('not-found', 'That session is not in this series any more.')
  const isIn = (session: SessionRow) =>
    isAhead(session, house.now()) && (first === undefined || session.startsAt >= first.startsAt)
  return {
    inScope: all
      .filter(isIn)
      .map((session) => ({ ...session, occurrence: session.occurrence ?? toLocal(session.startsAt, 'UTC') })),
    others: all.filter((session) => !isIn(session)),
  }
}

/** Dates that sessions stand on which a change leaves alone. A cancelled one frees its date. */
export const occupied = ({ others }: Scope): Set<string> =>
  new Set(
    others.flatMap(({ status, occurrence }) =>
      status === 'cancelled' || occurrence === null ? [] : [occurrence],
    ),
  )
