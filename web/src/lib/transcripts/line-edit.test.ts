import { expect, it } from 'vitest'
import type { Segment } from '#shared/episodes.ts'
import { correctionsOf, editOf } from './line-edit.ts'

const was: Segment = { start: 10.5, end: null, speaker: 'Hots', text: 'Welcom to the show.' }

it('is nothing when nothing was written', () => {
  expect(correctionsOf(editOf(was, 3), was, 'line')).toEqual([])
  expect(correctionsOf({ ...editOf(was, 3), text: ' Welcom to\nthe show. ' }, was, 'everywhere')).toEqual([])
})

it('takes what was written, and leaves what somebody else corrected meanwhile', () => {
  const edit = { ...editOf(was, 3), text: 'Welcome to the show.', end: '0:12' }
  const now = { ...was, start: 11, speaker: 'Host' }
  expect(correctionsOf(edit, now, 'line')).toEqual([
    { kind: 'line', segment: 3, start: 11, end: 12, speaker: 'Host', text: 'Welcome to the show.' },
  ])
})

it('names a speaker as far as was said, after the words', () => {
  const edit = { ...editOf(was, 3), text: 'Welcome.', speaker: ' Host ' }
  expect(correctionsOf(edit, was, 'everywhere')).toEqual([
    { kind: 'line', segment: 3, start: 10.5, end: null, speaker: 'Hots', text: 'Welcome.' },
    { kind: 'speaker', segment: 3, to: 'Host', scope: 'everywhere' },
  ])
  expect(correctionsOf({ ...editOf(was, 3), speaker: '' }, was, 'turn')).toEqual([
    { kind: 'speaker', segment: 3, to: null, scope: 'turn' },
  ])
})

it('says what a time looks like', () => {
  expect(() => correctionsOf({ ...editOf(was, 3), start: 'soon' }, was, 'line')).toThrow('12:34')
})
