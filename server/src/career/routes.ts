import { careerCalls as calls } from '#shared/career.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { dropGoal, listMyGoals, saveGoal } from './keep-goals.ts'

export function addCareerRoutes(house: House, app: App): void {
  answer(house, app, calls.listMyGoals, requireSignIn, (signedIn) => listMyGoals(house, signedIn))
  answer(house, app, calls.saveGoal, requireSignIn, (signedIn, { body }) => saveGoal(house, signedIn, body))
  answer(house, app, calls.dropGoal, requireSignIn, (signedIn, { params }) =>
    dropGoal(house, signedIn, params.id),
  )
}
