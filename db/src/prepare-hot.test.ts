import type { PoolClient } from 'pg'
import { expect, it } from 'vitest'
import { prepareHot } from './prepare-hot.ts'

/** A connection that writes down under which name each statement was asked. */
function listen() {
  const asked: (string | undefined)[] = []
  const client = {
    query: (config: { name?: string } | string) => {
      asked.push(typeof config === 'string' ? undefined : config.name)
    },
  } as unknown as PoolClient
  prepareHot(client)
  return { client, asked }
}

it('prepares what comes again and again, under one name for each text', () => {
  const { client, asked } = listen()
  for (let time = 0; time < 40; time += 1) {
    void client.query({ text: 'select 1' })
    void client.query({ text: 'select 2' })
  }
  const [one, two] = [
    new Set(asked.filter((_, at) => at % 2 === 0)),
    new Set(asked.filter((_, at) => at % 2)),
  ]
  expect(one.size).toBe(2)
  expect(two.size).toBe(2)
  expect(one.intersection(two)).toEqual(new Set([undefined]))
})

it('leaves alone what has a name, is plain text, or is very long', () => {
  const { client, asked } = listen()
  for (let time = 0; time < 40; time += 1) {
    void client.query({ name: 'mine', text: 'select 3' })
    void client.query('commit')
    void client.query({ text: `select ${'1,'.repeat(5_000)}1` })
  }
  expect(new Set(asked)).toEqual(new Set(['mine', undefined]))
})
