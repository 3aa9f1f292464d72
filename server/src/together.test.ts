import { expect, it } from 'vitest'
import { together } from './together.ts'

it('the first goes at once, and whoever comes meanwhile goes together', async () => {
  const lots: string[][] = []
  const say = together((words: readonly string[]) => {
    lots.push([...words])
    return Promise.resolve(words.map((word) => word.toUpperCase()))
  })
  const said = ['one', 'two', 'three'].map((word) => say('room', word))
  const elsewhere = say('another room', 'four')
  expect(await Promise.all([...said, elsewhere])).toEqual(['ONE', 'TWO', 'THREE', 'FOUR'])
  expect(lots).toEqual([['one'], ['four'], ['two', 'three']])
  expect(await say('room', 'five')).toBe('FIVE')
})

it('nobody fails for what somebody else has sent', async () => {
  const refuse = new Error('This word is not said here.')
  const say = together(async (words: readonly string[]) => {
    await Promise.resolve()
    if (words.includes('bad')) throw refuse
    return words
  })
  const said = ['one', 'two', 'bad', 'three'].map((word) => say('room', word))
  expect(await Promise.allSettled(said)).toEqual([
    { status: 'fulfilled', value: 'one' },
    { status: 'fulfilled', value: 'two' },
    { status: 'rejected', reason: refuse },
    { status: 'fulfilled', value: 'three' },
  ])
})
