import { wrapUpCalls as calls } from '#shared/wrap-ups.ts'
import { asFile } from '../as-file.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair, requireSeat } from '../sessions/guards.ts'
import { correctWrapUp } from './correct-wrap-up.ts'
import { exportWrapUp, exportWrapUpData } from './export-wrap-up.ts'
import { getWrapUp } from './read-wrap-up.ts'
import { takeOutAnswer } from './take-out-answer.ts'

const EXPORTING = { limit: [30, 600] } as const

export function addWrapUpRoutes(house: House, app: App): void {
  answer(house, app, calls.getWrapUp, requireSeat, (seat) => getWrapUp(house, seat))
  answer(house, app, calls.correctWrapUp, requireChair, (chair, { body }) =>
    correctWrapUp(house, chair, body),
  )
  answer(house, app, calls.takeOutAnswer, requireSeat, (seat, { params }) =>
    takeOutAnswer(house, seat, params.answerId),
  )
  answer(
    house,
    app,
    calls.exportWrapUp,
    requireSeat,
    (seat, _input, _request, reply) => {
      asFile(reply, `wrap-up ${seat.session.title}`, 'md')
      return exportWrapUp(house, seat)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.exportWrapUpData,
    requireSeat,
    (seat, _input, _request, reply) => {
      asFile(reply, `wrap-up ${seat.session.title}`, 'json')
      return exportWrapUpData(house, seat)
    },
    EXPORTING,
  )
}
