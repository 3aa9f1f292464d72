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
  ['npt:30,60', 30],
  ['1H2M3S', 3_723],
  ['99999', 99_999],
  ['-5', undefined],
  ['12:34:56:78', undefined],
  ['', undefined],
  ['soon', undefined],
  ['12:', undefined],
])('reads “%s” as %s', (text, seconds) => expect(parseMoment(text)).toBe(seconds))

it('finds the moment in an address', () => {
  const at = (rest: string) => momentOf(new URL(`https://shortside.example/groups/a/episodes/b${rest}`))
  expect(at('#t=12:34')).toBe(754)
  expect(at('?t=696,886')).toBe(696)
  expect(at('?x=1&start=20')).toBe(20)
  expect(at('#t=754')).toBe(754)
  expect(at('?t=12:34')).toBe(754)
  expect(at('?t=13m29s')).toBe(809)
  expect(at('?list=x&t=34')).toBe(34)
  expect(at('#x&t=34')).toBe(34)
  expect(at('?start=20')).toBe(20)
  expect(at('?t=soon&start=20')).toBe(20)
  expect(at('?t=5#t=7')).toBe(7)
  expect(at('#thread-b2d0fa5c')).toBeUndefined()
})
