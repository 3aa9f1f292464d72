import { Refusal } from '#shared/refusals.ts'
import type { SeriesDates } from '#shared/series.ts'
import { nextStep } from '#shared/programme-progress.ts'
import { findProgramme, findTemplate } from '../guide/read-guide.ts'
import type { GroupRow } from '../groups/guards.ts'
import { occurrencesOf, type Occurrence } from './occurrences.ts'

export type Planned = { all: Occurrence[]; kept: Occurrence[] }

/** The dates of a series, all still to come, and those of them that are no exception. */
export function planDates({ startsLocal, rule, exceptions }: SeriesDates, zone: string, now: Date): Planned {
  const all = occurrencesOf(rule, startsLocal, zone)
  if (all[0] && all[0].startsAt <= now)
    throw new Refusal(
      'invalid',
      'The first date has passed already. Choose one that is still to come.',
      'startsLocal',
    )
  const out = new Set(exceptions)
  const kept = all.filter(({ local }) => !out.has(local))
  if (kept.length === 0)
    throw new Refusal('invalid', 'Every date is taken out. Leave at least one in.', 'exceptions')
  return { all, kept }
}

export type Step = { step: number; templateId: string; title: string }

/** The next steps of the group's programme, one for each session; fewer when it ends before. */
export function stepsAhead(group: GroupRow, taken: readonly number[], sessions: number): Step[] {
  const programme = group.programmeId ? findProgramme(group.programmeId) : undefined
  if (!programme)
    throw new Refusal(
      'invalid',
      'This group follows no programme. Choose one in the settings, or take one template for all.',
      'followsProgramme',
    )
  const steps: Step[] = []
  while (steps.length < sessions) {
    const step = nextStep(programme, [...taken, ...steps.map((one) => one.step)])
    const templateId = step === undefined ? undefined : programme.sessions[step]?.template
    if (step === undefined || templateId === undefined) break
    steps.push({ step, templateId, title: findTemplate(templateId)?.title ?? templateId })
  }
  return steps
}

/** @throws Refusal when the programme is at its end before the series is. */
export function requireSteps(steps: readonly Step[], sessions: number): void {
  if (steps.length >= sessions) return
  const left = steps.length === 1 ? 'one step' : `${steps.length} steps`
  throw new Refusal(
    'invalid',
    steps.length === 0
      ? 'The programme of the group is at its end. Take one template for all, or choose another programme in the settings.'
      : `The programme has ${left} left, and these are ${sessions} dates. End after ${steps.length}, or take one template for all.`,
    'rule',
  )
}
