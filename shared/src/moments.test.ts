import { expect, it } from 'vitest'
import { momentOf, parseMoment, timecode } from './moments.ts'

it.each([
  [0, '00:00'],
  [754.9, '12:34'],
  [3_754, '1:02:34'],
])('writes %d seconds as %s', (seconds, text) => expect(timecode(seconds)).toBe(text))

it.each([
  ['754', 754],
  ['12:34', 754],
  ['1:02:34', 3_754],
  ['13m29s', 809],
  ['1h2m', 3_720],
  ['34s', 34],
  ['696,886', 696],
  ['30.5', 30.5],
  ['', undefined],
  ['soon', undefined],
  ['12:', undefined],
])('reads “%s” as %s', (text, seconds) => expect(parseMoment(text)).toBe(seconds))

it('finds the moment in an address', () => {
  const at = (rest: string) => momentOf(new URL(`https://shortside.example/groups/a/episodes/b${rest}`))
  expect(at('#t=12:34')).toBe(754)
  expect(at('?t=696,886')).toBe(696)
  expect(at('?x=1&start=20')).toBe(20)
  expect(at('?t=5#t=7')).toBe(7)
  expect(at('#thread-b2d0fa5c')).toBeUndefined()
})
