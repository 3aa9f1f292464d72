import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inAudio, inTranscript, LARGEST_OFFSET, parseOffset, sayOffset } from './listening.ts'

it('reads an offset as people type it', () => {
  expect(['42', '+42', ' + 42 s', '-65', '− 1:05', '0', '1:05', '12,5'].map(parseOffset)).toEqual([
    42, 42, 42, -65, -65, 0, 65, 12.5,
  ])
})

it('takes nothing for an offset that is none', () => {
  for (const text of ['', ' ', 'later', '1:75', '+', '--4', '99999', '1:2:3', '4 m'])
    expect([text, parseOffset(text)]).toEqual([text, undefined])
})

it('says an offset so that it can be read again by people', () => {
  expect([0, 42, -65, 120, -60].map(sayOffset)).toEqual([
    '+ 0 s',
    '+ 42 s',
    '− 1 min 5 s',
    '+ 2 min',
    '− 1 min',
  ])
})

it('comes back to the same moment from audio to transcript', () => {
  fc.assert(
    fc.property(
      fc.nat(20_000),
      fc.integer({ min: -LARGEST_OFFSET, max: LARGEST_OFFSET }),
      (moment, offset) => {
        fc.pre(moment + offset >= 0)
        expect(inTranscript(inAudio(moment, offset), offset)).toBe(moment)
      },
    ),
  )
})
