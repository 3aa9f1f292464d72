import type { Input } from '#shared/contract.ts'
import { readRule, sayRule } from '#shared/series-rule.ts'
import type { PlannedDate, seriesCalls, SeriesPreview } from '#shared/series.ts'
import type { Facilitator } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SeriesChair } from './guards.ts'
import { matchDates } from './match-dates.ts'
import { readTaken } from './make-sessions.ts'
import type { Occurrence } from './occurrences.ts'
import { planDates, requireSteps, stepsAhead, type Step } from './plan-dates.ts'
import { occupied, readScope } from './scope.ts'

const MINUTE = 60_000

/** The dates of a series that is not made yet. */
export async function previewSeries(
  house: House,
  { group }: Facilitator,
  { minutes, followsProgramme, ...dates }: Input<typeof seriesCalls.previewSeries>['body'],
): Promise<SeriesPreview> {
  const { all, kept } = planDates(dates, group.zone, house.now())
  let steps: Step[] = []
  if (followsProgramme) {
    steps = stepsAhead(group, await readTaken(house.db, group.id), kept.length)
    requireSteps(steps, kept.length)
  }
  const titles = new Map(kept.map(({ local }, index) => [local, steps[index]?.title ?? null]))
  return {
    inWords: sayRule(readRule(dates.rule), dates.startsLocal),
    zone: group.zone,
    dates: all.map((date) => ({
      ...toPlanned(date, minutes),
      title: titles.get(date.local) ?? null,
      leftOut: !titles.has(date.local),
    })),
    cancelled: [],
  }
}

/** What other dates would mean for the sessions that a series has. */
export async function previewSeriesChange(
  house: House,
  { series }: SeriesChair,
  { from, minutes, ...dates }: Input<typeof seriesCalls.previewSeriesChange>['body'],
): Promise<SeriesPreview> {
  const { all, kept } = planDates(dates, series.zone, house.now())
  const scope = await readScope(house.db, house, series.id, from)
  const taken = occupied(scope)
  const wanted = kept.filter(({ local }) => !taken.has(local))
  const { stay, move, cancel } = matchDates(scope.inScope, wanted)
  const before = new Map([...stay, ...move].map(({ session, date }) => [date.local, session]))
  const moved = new Set(move.map(({ date }) => date.local))
  const out = new Set(kept.map(({ local }) => local))
  return {
    inWords: sayRule(readRule(dates.rule), dates.startsLocal),
    zone: series.zone,
    dates: all
      .filter(({ local }) => !taken.has(local))
      .map((date) => {
        const session = before.get(date.local)
        return {
          ...toPlanned(date, minutes),
          title: session && series.followsProgramme ? session.title : null,
          leftOut: !out.has(date.local),
          change: moved.has(date.local) ? 'moves' : session ? 'stays' : 'new',
          movedFrom: session && moved.has(date.local) ? session.startsAt.toISOString() : null,
        }
      }),
    cancelled: cancel.map(({ id, title, startsAt }) => ({ id, title, startsAt: startsAt.toISOString() })),
  }
}

const toPlanned = ({ local, startsAt, clock, shift }: Occurrence, minutes: number): PlannedDate => ({
  local,
  startsAt: startsAt.toISOString(),
  endsAt: new Date(startsAt.getTime() + minutes * MINUTE).toISOString(),
  clock,
  shift,
  title: null,
  leftOut: false,
  change: 'new',
  movedFrom: null,
})
