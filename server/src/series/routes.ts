import Type from 'typebox'
import { seriesFile } from '#shared/calendar.ts'
import { seriesCalls as calls } from '#shared/series.ts'
import { giveCalendar } from '../calendar/routes.ts'
import { requireFacilitator, requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { cancelSeries } from './cancel-series.ts'
import { changeSeries } from './change-series.ts'
import { createSeries } from './create-series.ts'
import { requireReachableGroup, requireSeriesChair, requireSeriesLink, requireSeriesSeat } from './guards.ts'
import { listPublicSeries, listSeries } from './list-series.ts'
import { previewSeries, previewSeriesChange } from './preview-series.ts'
import { readSeriesLink } from './read-series-link.ts'
import { readSeries } from './read-series.ts'
import { register, unregister, useSeriesLink } from './register.ts'
import { readSeriesFile } from './series-file.ts'

const LOOKING = { limit: [60, 60] } as const
/** Each of these may mail the whole group, or make a hundred sessions. */
const MAILING = { limit: [30, 600] } as const

export function addSeriesRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.previewSeries,
    requireFacilitator,
    (facilitator, { body }) => previewSeries(house, facilitator, body),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.createSeries,
    requireFacilitator,
    (facilitator, { body }) => createSeries(house, facilitator, body),
    MAILING,
  )
  answer(house, app, calls.listSeries, requireMember, (member) => listSeries(house, member))
  answer(
    house,
    app,
    calls.listPublicSeries,
    requireReachableGroup,
    ({ group }) => listPublicSeries(house, group),
    LOOKING,
  )
  answer(house, app, calls.getSeries, requireSeriesSeat, ({ member, series }) =>
    readSeries(house, member, series.id),
  )
  answer(
    house,
    app,
    calls.previewSeriesChange,
    requireSeriesChair,
    (chair, { body }) => previewSeriesChange(house, chair, body),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.changeSeries,
    requireSeriesChair,
    (chair, { body }) => changeSeries(house, chair, body),
    MAILING,
  )
  answer(
    house,
    app,
    calls.cancelSeries,
    requireSeriesChair,
    (chair, { body }) => cancelSeries(house, chair, body),
    MAILING,
  )
  answer(house, app, calls.register, requireSeriesSeat, (seat) => register(house, seat), MAILING)
  answer(house, app, calls.unregister, requireSeriesSeat, (seat) => unregister(house, seat), MAILING)
  // From a mail, by whoever holds its link.
  answer(
    house,
    app,
    calls.readSeriesLink,
    requireSeriesLink,
    (right) => readSeriesLink(house, right),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.useSeriesLink,
    requireSeriesLink,
    (right, { body }) => useSeriesLink(house, right, body.registered),
    LOOKING,
  )
  giveCalendar(
    house,
    app,
    seriesFile(':seriesId'),
    requireSeriesSeat,
    (seat) => readSeriesFile(house, seat),
    Type.Object({ seriesId: Type.String({ format: 'uuid' }) }),
  )
}
