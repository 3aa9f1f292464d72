import { expect, it } from 'vitest'
import { inGoogle, inOutlook } from './calendar.ts'

const EVENT = {
  title: 'Kickoff & more, Tuesday circle',
  startsAt: '2026-11-24T17:30:00+01:00',
  endsAt: '2026-11-24T17:30:00.000Z',
  place: 'Room Elbe',
  page: 'https://shortside.example.org/groups/tuesday/sessions/1',
}

it('fills in the forms of calendars on the web with instants, whatever the zone', () => {
  const google = new URL(inGoogle(EVENT)).searchParams
  expect(google.get('dates')).toBe('20261124T163000Z/20261124T173000Z')
  expect(google.get('text')).toBe(EVENT.title)
  const outlook = new URL(inOutlook(EVENT)).searchParams
  expect([outlook.get('startdt'), outlook.get('enddt')]).toEqual([
    '2026-11-24T16:30:00.000Z',
    '2026-11-24T17:30:00.000Z',
  ])
  expect(outlook.get('subject')).toBe(EVENT.title)
})
