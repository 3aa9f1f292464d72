import ICAL from 'ical.js'
import { sync } from 'node-ical'
import { expect } from 'vitest'

/** What a calendar says of one session. */
export type Dated = {
  uid: string
  start: string
  end: string
  sequence: number
  cancelled: boolean
  summary: string
}

/** The entries of a calendar as two libraries of others read them, who know nothing of each other and have to agree. */
export function readTwice(text: string): Dated[] {
  const [one, other] = [byIcalJs(text), byNodeIcal(text)]
  expect(other).toEqual(one)
  return one
}

const byIcalJs = (text: string): Dated[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => {
      const event = new ICAL.Event(component)
      return {
        uid: event.uid,
        start: event.startDate.toJSDate().toISOString(),
        end: event.endDate.toJSDate().toISOString(),
        sequence: event.sequence,
        cancelled: component.getFirstPropertyValue('status') === 'CANCELLED',
        summary: event.summary,
      }
    })
    .toSorted(inOrder)

const byNodeIcal = (text: string): Dated[] =>
  Object.values(sync.parseICS(text))
    .flatMap((part) => (part?.type === 'VEVENT' ? [part] : []))
    .map(({ uid, start, end, sequence, status, summary }) => ({
      uid,
      start: new Date(start).toISOString(),
      end: new Date(end ?? start).toISOString(),
      sequence: Number(sequence),
      cancelled: status === 'CANCELLED',
      summary: typeof summary === 'string' ? summary : summary.val,
    }))
    .toSorted(inOrder)

const inOrder = (one: Dated, other: Dated) =>
  one.start === other.start ? one.uid.localeCompare(other.uid) : one.start.localeCompare(other.start)
