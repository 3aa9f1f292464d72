import { eq } from 'drizzle-orm'
import type { Input } from '#shared/contract.ts'
import { series as seriesTable } from '#db/schema.ts'
import type { Series, seriesCalls } from '#shared/series.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { tellGuestsCancelled } from '../sessions/mail-guests.ts'
import { nextSequence } from '../sessions/next-sequence.ts'
import { freeQuestions } from '../sessions/open-questions.ts'
import { cancelOne, lockScope } from './change-series.ts'
import { lockSeries, type SeriesChair } from './guards.ts'
import { readSeries } from './read-series.ts'
import { asFile, listDates, mailAboutSeries, seriesPage } from './series-letters.ts'

/** Calls off all that lies ahead, or what begins with one session. One mail says why. Nothing to cancel changes nothing. */
export async function cancelSeries(
  house: House,
  chair: SeriesChair,
  { reason: given, from }: Input<typeof seriesCalls.cancelSeries>['body'],
): Promise<Series> {
  const { account, group } = chair.member
  const reason = given.trim()
  requireOpenGroup(group)
  const told = await house.db.transaction(async (tx) => {
    const series = await lockSeries(tx, chair.series.id)
    const scope = await lockScope(house, tx, series, from)
    if (scope.inScope.length === 0) return scope.told
    for (const session of scope.inScope) await cancelOne(house, tx, session, reason)
    await tx.update(seriesTable).set({ endedAt: house.now() }).where(eq(seriesTable.id, series.id))
    for (const session of scope.inScope) await tellGuestsCancelled(house, tx, group, session)
    const gone = scope.inScope.map((session) => ({
      ...session,
      status: 'cancelled' as const,
      cancelReason: reason,
      ...nextSequence(house, session),
    }))
    await mailAboutSeries(
      house,
      tx,
      group,
      series,
      {
        subject: `Cancelled: ${series.title}, ${gone.length === 1 ? 'one session' : `${gone.length} sessions`}`,
        paragraphs: [
          `${account.name} has cancelled these sessions of ${group.name}, ${series.title}:`,
          listDates(gone, series.zone, series.followsProgramme),
          `The reason: ${reason}`,
        ],
        action: { label: 'See the series', url: seriesPage(house, group.slug, series.id) },
        calendar: asFile(house, group, gone),
      },
      { but: account.id, registered: 'nobody is asked' },
    )
    return scope.told
  })
  for (const { roomId, number } of told) house.rooms.announce(roomId, number)
  await freeQuestions(house, group.id)
  return readSeries(house, chair.member, chair.series.id)
}
