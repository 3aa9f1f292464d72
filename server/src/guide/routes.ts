import {
  fitsFilter,
  guideCalls as calls,
  type Programme,
  type ProgrammeDetail,
  type ProgrammeStep,
  type ProgrammeSummary,
} from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { anyone } from '../sign-in/guards.ts'
import { findProgramme, findTemplate, readGuide } from './read-guide.ts'

/** The guide is for everybody: somebody should read it before they have an account. */
export function addGuideRoutes(house: House, app: App): void {
  const { problems } = readGuide()
  if (problems.length > 0)
    app.log.warn(
      `Something in the organizer guide can't be used and was left out (${problems.length} problems). See them with: npm run -s shortside -- guide check`,
    )

  answer(house, app, calls.listTemplates, anyone, async (_visitor, { query }) => {
    const fitting = [...readGuide().templates.values()].filter((template) => fitsFilter(template, query))
    return Promise.resolve(fitting)
  })
  answer(house, app, calls.getTemplate, anyone, async (_visitor, { params }) => {
    const template = findTemplate(params.id)
    if (!template) throw new Refusal('not-found', 'There is no such session in the guide.')
    return Promise.resolve(template)
  })
  answer(house, app, calls.listProgrammes, anyone, async () =>
    Promise.resolve([...readGuide().programmes.values()].map(summarise)),
  )
  answer(house, app, calls.getProgramme, anyone, async (_visitor, { params }) => {
    const programme = findProgramme(params.id)
    if (!programme) throw new Refusal('not-found', 'There is no such programme in the guide.')
    return Promise.resolve(detail(programme))
  })
  answer(house, app, calls.listQuestions, anyone, async () => {
    const { questionSets, behaviours } = readGuide()
    return Promise.resolve({ sets: [...questionSets], behaviours })
  })
  answer(house, app, calls.launchChecklist, anyone, async () => Promise.resolve([...readGuide().checklist]))
}

const summarise = (programme: Programme): ProgrammeSummary => ({
  ...programme,
  sessions: programme.sessions.length,
})

const detail = (programme: Programme): ProgrammeDetail => ({
  ...programme,
  sessions: programme.sessions.flatMap(({ template: id, focus, round }): ProgrammeStep[] => {
    const template = findTemplate(id)
    if (!template) return []
    const { title, purpose, minutes } = template
    const set = readGuide().questionSets.find((one) => one.id === round)
    const [kind] = set?.kinds ?? []
    return [
      {
        template: id,
        title,
        purpose,
        minutes,
        ...(focus ? { focus } : {}),
        ...(set && kind ? { round: { set: set.id, title: set.title, kind } } : {}),
      },
    ]
  }),
})
