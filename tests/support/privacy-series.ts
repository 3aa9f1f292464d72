import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract.ts'
import type { reminderCalls } from '#shared/reminders.ts'
import type { seriesCalls } from '#shared/series.ts'
import { canary } from './canary.ts'
import type { TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, facilitators, members, signedIn } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** A series of the circle that begins after everything else in it. */
export async function planSeries(facilitator: TestPerson, slug: string): Promise<{ seriesId: string }> {
  const seriesId = randomUUID()
  await facilitator.api.createSeries({
    params: { slug },
    body: {
      id: seriesId,
      title: canary('series title'),
      ...dates,
      minutes: 60,
      room: canary('series room'),
      onlineLink: `https://meet.example.org/${canary('series link')}`,
    },
  })
  return { seriesId }
}

const dates = {
  startsLocal: '2027-06-01T18:00',
  rule: 'FREQ=WEEKLY;COUNT=2',
  exceptions: [] as string[],
}

type Calls = typeof seriesCalls & typeof reminderCalls

const inGroup = ({ slug }: World) => ({ params: { slug } })
const ofSeries = ({ seriesId }: World) => ({ params: { seriesId } })
const MADE_UP = { params: { token: 'x'.repeat(46) } }

export const SERIES_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  previewSeries: {
    says: facilitators,
    ask: (world) => ({ ...inGroup(world), body: { ...dates, minutes: 60 } }),
  },
  createSeries: {
    says: facilitators,
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), title: 'New', minutes: 60, ...dates } }),
  },
  listSeries: { says: members, ask: inGroup },
  // The circle is private, and its page is for nobody.
  listPublicSeries: { says: everybody('not-found'), ask: inGroup },
  getSeries: { says: members, ask: ofSeries },
  previewSeriesChange: {
    says: facilitators,
    ask: (world) => ({ ...ofSeries(world), body: { ...dates, minutes: 60 } }),
  },
  changeSeries: {
    says: facilitators,
    ask: (world) => ({ ...ofSeries(world), body: { dates: { ...dates, rule: 'FREQ=WEEKLY;COUNT=3' } } }),
  },
  cancelSeries: { says: facilitators, ask: (world) => ({ ...ofSeries(world), body: { reason: 'So.' } }) },
  register: { says: members, ask: (world) => ({ ...ofSeries(world), body: {} }) },
  unregister: { says: members, ask: ofSeries },
  readSeriesLink: { says: everybody('not-found'), ask: () => MADE_UP },
  useSeriesLink: { says: everybody('not-found'), ask: () => ({ ...MADE_UP, body: { registered: true } }) },
  getReminders: { says: signedIn },
  muteReminders: { says: signedIn, ask: () => ({ body: { muted: ['hour'] } }) },
}
