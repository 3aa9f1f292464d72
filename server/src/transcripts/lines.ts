import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { segments, transcriptChanges } from '#db/schema.ts'
import { inRanges, type LinesRecord, type SpeakerRecord, type Splice } from '#shared/corrections.ts'
import type { Segment } from '#shared/episodes.ts'
import type { EpisodeRow } from '../episodes/guards.ts'

/** The lines of a transcript in the database. All of it happens under the lock of the episode's room. */

type Of = Pick<EpisodeRow, 'id'>
type InGroup = Pick<EpisodeRow, 'id' | 'groupId'>
type PlacedLine = Segment & { position: number }

const LINE = {
  position: segments.position,
  start: segments.start,
  end: segments.end,
  speaker: segments.speaker,
  text: segments.text,
}
const withoutPlace = ({ position: _position, ...line }: PlacedLine): Segment => line

/** The largest integer of PostgreSQL. */
const LAST = 2_147_483_647

/** So many lines from a place on, or fewer at the end. */
export async function readLines(
  tx: Transaction,
  { id }: Of,
  from: number,
  count: number,
): Promise<Segment[]> {
  const found = await tx
    .select(LINE)
    .from(segments)
    .where(
      and(eq(segments.episodeId, id), gte(segments.position, from), lte(segments.position, from + count - 1)),
    )
    .orderBy(asc(segments.position))
  return found.map(withoutPlace)
}

/** When the first line after a place begins that has a time. */
export async function nextStart(tx: Transaction, { id }: Of, after: number): Promise<number | null> {
  const [next] = await readLines(tx, { id }, after + 1, 1)
  return next?.start ?? null
}

/** Where lines with these words stand; some of them, when there are many. */
export async function placesOf(tx: Transaction, { id }: Of, text: string): Promise<number[]> {
  const found = await tx
    .select({ position: segments.position })
    .from(segments)
    .where(and(eq(segments.episodeId, id), eq(segments.text, text)))
    .orderBy(asc(segments.position))
    .limit(20)
  return found.map(({ position }) => position)
}

/** Puts the lines after a correction in the place of those before it. */
export async function writeLines(
  tx: Transaction,
  of: InGroup,
  { segment, before, after }: LinesRecord,
): Promise<void> {
  const its = eq(segments.episodeId, of.id)
  const more = after.length - before.length
  await tx
    .delete(segments)
    .where(and(its, gte(segments.position, segment), lte(segments.position, segment + before.length - 1)))
  if (more !== 0) {
    // In two steps, below zero: places are unique at every moment.
    await tx
      .update(segments)
      .set({ position: sql`-1 - ${segments.position}` })
      .where(and(its, gte(segments.position, segment + before.length)))
    await tx
      .update(segments)
      .set({ position: sql`-1 - ${segments.position} + ${more}` })
      .where(and(its, sql`${segments.position} < 0`))
  }
  await tx.insert(segments).values(
    after.map((line, index) => ({
      groupId: of.groupId,
      episodeId: of.id,
      position: segment + index,
      ...line,
    })),
  )
}

/** The lines of a turn: neighbours of a line with the same name. */
export async function turnAround(
  tx: Transaction,
  { id }: Of,
  segment: number,
  speaker: string | null,
): Promise<[number, number]> {
  const [found] = await tx
    .select({
      before: sql<number | null>`max(${segments.position}) filter (where ${segments.position} < ${segment})`,
      after: sql<number | null>`min(${segments.position}) filter (where ${segments.position} > ${segment})`,
    })
    .from(segments)
    .where(and(eq(segments.episodeId, id), sql`${segments.speaker} is distinct from ${speaker}`))
  return [(found?.before ?? -1) + 1, (found?.after ?? LAST) - 1]
}

/** Names the speaker of all lines that have a name, or of those within ranges. Says which lines they were. */
export async function renameSpeaker(
  tx: Transaction,
  { id }: Of,
  { from, to }: Pick<SpeakerRecord, 'from' | 'to'>,
  ranges?: readonly [number, number][],
): Promise<SpeakerRecord> {
  const within = ranges
    ? sql`exists (select from unnest(${sql.param(ranges.map(([first]) => first))}::int[], ${sql.param(ranges.map(([, last]) => last))}::int[]) as runs(first, last)
        where ${segments.position} between runs.first and runs.last)`
    : undefined
  const named = await tx
    .update(segments)
    .set({ speaker: to })
    .where(and(eq(segments.episodeId, id), sql`${segments.speaker} is not distinct from ${from}`, within))
    .returning({ position: segments.position })
  const positions = named.map(({ position }) => position).sort((a, b) => a - b)
  return { kind: 'speaker', from, to, ranges: inRanges(positions), lines: positions.length }
}

/** The joins and splits since a revision, in order: by them places of then become places of now. */
export async function splicesSince(tx: Transaction, { id }: Of, revision: number): Promise<Splice[]> {
  const found = await tx
    .select({
      kind: transcriptChanges.kind,
      segment: sql<number>`(${transcriptChanges.record} ->> 'segment')::int`,
    })
    .from(transcriptChanges)
    .where(
      and(
        eq(transcriptChanges.episodeId, id),
        gt(transcriptChanges.revision, revision),
        inArray(transcriptChanges.kind, ['join', 'split']),
        isNotNull(transcriptChanges.record),
      ),
    )
    .orderBy(asc(transcriptChanges.revision))
  return found.map(({ kind, segment }) => ({ kind: kind === 'join' ? 'join' : 'split', segment }))
}

/** Corrections that are in the text now, and that did not take another one back. */
export const inText = (episodeId: string) =>
  and(
    eq(transcriptChanges.episodeId, episodeId),
    isNull(transcriptChanges.endedBy),
    isNull(transcriptChanges.undoes),
    sql`${transcriptChanges.kind} <> 'import'`,
  )
