import { eq, and, isNotNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, sessions } from '#db/schema.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { makeRoom } from '../rooms/rooms.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { outlineOf, type Outline } from '../sessions/outline.ts'
import type { SeriesRow } from './guards.ts'
import type { Occurrence } from './occurrences.ts'
import { requireSteps, stepsAhead } from './plan-dates.ts'

const MINUTE = 60_000

/** Makes a session with its plan and its room for each date. */
export async function makeSessions(
  house: House,
  tx: Transaction,
  group: GroupRow,
  series: SeriesRow,
  dates: readonly Occurrence[],
): Promise<SessionRow[]> {
  const outlines = await outlinesOf(tx, group, series, dates.length)
  const made: SessionRow[] = []
  for (const [index, date] of dates.entries()) {
    const outline = outlines[index]
    if (!outline) break
    const { blocks: plan, minutes: _minutes, ...words } = outline
    const [session] = await tx
      .insert(sessions)
      .values({
        ...words,
        groupId: group.id,
        seriesId: series.id,
        occurrence: date.local,
        startsAt: date.startsAt,
        endsAt: new Date(date.startsAt.getTime() + series.minutes * MINUTE),
        capacity: series.capacity,
        room: series.room,
        onlineLink: series.onlineLink,
        facilitatorId: series.facilitatorId,
        createdAt: house.now(),
        changedAt: house.now(),
      })
      .returning()
    if (!session) continue
    if (plan.length > 0)
      await tx.insert(blocks).values(
        plan.map((block, position) => ({
          ...block,
          groupId: group.id,
          sessionId: session.id,
          position,
        })),
      )
    await makeRoom(tx, session.id, group.id, 'session')
    made.push(session)
  }
  return made
}

/** What each session begins with: the template, the same for all, or one step of the programme after another. */
async function outlinesOf(
  tx: Transaction,
  group: GroupRow,
  { id, title, templateId, groupTemplateId, minutes, followsProgramme }: SeriesRow,
  many: number,
): Promise<Outline[]> {
  if (!followsProgramme) {
    const outline = await outlineOf(tx, group, {
      id,
      title,
      minutes,
      ...(templateId === null ? {} : { templateId }),
      ...(groupTemplateId === null ? {} : { groupTemplateId }),
    })
    // It takes the step that is next in the programme once.
    return Array.from({ length: many }, (_, index) =>
      index === 0 ? outline : { ...outline, programmeStep: null },
    )
  }
  const steps = stepsAhead(group, await readTaken(tx, group.id), many)
  requireSteps(steps, many)
  const outlines: Outline[] = []
  for (const { step, templateId: next } of steps)
    outlines.push({
      ...(await outlineOf(tx, group, { id, templateId: next, minutes })),
      programmeStep: step,
    })
  return outlines
}

/** The steps of the programme that were taken or are planned. */
export async function readTaken(tx: Pick<Transaction, 'select'>, groupId: string): Promise<number[]> {
  const taken = await tx
    .select({ step: sessions.programmeStep })
    .from(sessions)
    .where(
      and(eq(sessions.groupId, groupId), ne(sessions.status, 'cancelled'), isNotNull(sessions.programmeStep)),
    )
  return taken.flatMap(({ step }) => (step === null ? [] : [step]))
}
