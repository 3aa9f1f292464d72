import { expect, it } from 'vitest'
import { DEFAULT_FOLLOWING, isGathered, isToldOf, LEVELS, levelOf } from './following.ts'

it('what was said about a thread weighs more than what was said about mine, and that more than the group', () => {
  const said = { level: 'digest', mine: 'every' } as const
  expect(levelOf(said, null, false)).toBe('digest')
  expect(levelOf(said, null, true)).toBe('every')
  for (const level of LEVELS) {
    expect(levelOf(said, level, true)).toBe(level)
    expect(levelOf(said, level, false)).toBe(level)
  }
})

it('who has said nothing gets a weekly digest of five threads, and replies to what they wrote', () => {
  expect(DEFAULT_FOLLOWING).toEqual({ level: 'digest', mine: 'every', digest: 'weekly', most: 5 })
})

it('each post is told of in one way at most, and of nothing at all when nothing is wanted', () => {
  for (const level of LEVELS)
    for (const mentioned of [false, true]) {
      const ways = (['soon', 'digest'] as const).filter((way) => isToldOf(level, way, mentioned))
      expect(ways.length).toBeLessThanOrEqual(1)
      if (level === 'nothing') expect(ways).toEqual([])
      if (level === 'mentions') expect(ways).toEqual(mentioned ? ['soon'] : [])
      if (level === 'digest') expect(ways).toEqual([mentioned ? 'soon' : 'digest'])
      if (level === 'every') expect(ways).toEqual(['soon'])
    }
})

it('a lively hour is one letter: it waits for a quiet moment, and for an hour at most', () => {
  const at = (minutes: number) => new Date(minutes * 60_000)
  expect(isGathered(at(0), at(0), at(9))).toBe(false)
  expect(isGathered(at(0), at(0), at(10))).toBe(true)
  expect(isGathered(at(0), at(55), at(59))).toBe(false)
  expect(isGathered(at(0), at(55), at(60))).toBe(true)
})
