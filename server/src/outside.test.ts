import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lookup, type LookupAddress } from 'node:dns'
import { fetch } from 'undici'
import { expect, it, onTestFinished, vi } from 'vitest'
import { outsideAgent } from './outside.ts'

vi.mock('node:dns', () => ({ lookup: vi.fn() }))

/** A name that leads elsewhere each time that somebody asks. */
function leads(...answers: string[][]): void {
  const rest = [...answers]
  vi.mocked(lookup).mockImplementation(((
    _name: string,
    _options: object,
    done: (problem: null, found: LookupAddress[]) => void,
  ) => {
    const found = rest.length > 1 ? rest.shift() : rest[0]
    done(
      null,
      (found ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as unknown as typeof lookup)
}

async function serve(): Promise<{ port: number; heard: () => number }> {
  let heard = 0
  const server = createServer((_request, reply) => {
    heard += 1
    reply.writeHead(200, { connection: 'close' }).end('here')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, heard: () => heard }
}

/** Stands for the public address of the name: another one of this machine, which is allowed. */
const OUTSIDE = '127.0.0.1'
const INSIDE = '127.0.0.2'

it('holds a name against the rules each time it connects: one that led outside first leads nowhere inside', async () => {
  const { port, heard } = await serve()
  const agent = outsideAgent([`${OUTSIDE}/32`], 1_000, () => new Error('refused'))
  onTestFinished(() => agent.destroy())
  const ask = () => fetch(`http://rebinding.example:${port}/`, { dispatcher: agent })

  leads([OUTSIDE], [INSIDE])
  expect(await (await ask()).text()).toBe('here')
  await expect(ask()).rejects.toMatchObject({ cause: { message: 'refused' } })
  expect(heard()).toBe(1)
})

it('uses only the public ones of the addresses of a name', async () => {
  const { port, heard } = await serve()
  const agent = outsideAgent([`${OUTSIDE}/32`], 1_000, () => new Error('refused'))
  onTestFinished(() => agent.destroy())
  const ask = () => fetch(`http://mixed.example:${port}/`, { dispatcher: agent })

  leads([INSIDE, '::1', OUTSIDE, '10.0.0.1'])
  expect(await (await ask()).text()).toBe('here')
  for (const inside of [
    [INSIDE],
    ['::1'],
    ['::ffff:127.0.0.2'],
    ['::127.0.0.2'],
    ['169.254.169.254'],
    ['fd00::1', '10.0.0.1'],
    ['0.0.0.0'],
    [],
  ]) {
    leads(inside)
    await expect(ask()).rejects.toMatchObject({ cause: { message: 'refused' } })
  }
  expect(heard()).toBe(1)
})
