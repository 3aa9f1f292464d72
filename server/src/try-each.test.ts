import { expect, it } from 'vitest'
import { tryEach } from './try-each.ts'

it('one that fails stops none of the others, and is heard of', async () => {
  const done: number[] = []
  const half = new Error('Two is too much.')
  const all = tryEach([1, 2, 3], async (item) => {
    await Promise.resolve()
    if (item === 2) throw half
    done.push(item)
  })
  await expect(all).rejects.toMatchObject({ errors: [half] })
  expect(done).toEqual([1, 3])
})
