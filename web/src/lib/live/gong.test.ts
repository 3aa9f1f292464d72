import { beforeEach, expect, it, vi } from 'vitest'

/** Two tabs of one device share its storage and its locks; each has modules of its own. */
async function openTabs(count: number) {
  const stored = new Map<string, string>()
  const started: number[] = []
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  })
  vi.stubGlobal('navigator', {
    locks: { request: (_name: string, work: () => unknown) => Promise.resolve(work()) },
  })
  const volume = {
    connect: () => volume,
    gain: { linearRampToValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
  }
  vi.stubGlobal(
    'AudioContext',
    class {
      state = 'running'
      currentTime = 0
    },
  )
  vi.stubGlobal('window', { AudioContext: true, addEventListener: vi.fn(), removeEventListener: vi.fn() })
  vi.stubGlobal(
    'GainNode',
    class {
      connect = volume.connect
      gain = volume.gain
    },
  )
  vi.stubGlobal(
    'OscillatorNode',
    class {
      #frequency: number
      constructor(_context: unknown, { frequency }: { frequency: number }) {
        this.#frequency = frequency
      }
      connect = () => volume
      start = () => void started.push(Math.round(this.#frequency))
      stop = vi.fn()
    },
  )
  vi.stubGlobal('$state', (value: unknown) => value)
  const tabs = []
  for (let tab = 0; tab < count; tab += 1) {
    vi.resetModules()
    tabs.push((await import('./gong.svelte.ts')).gong)
  }
  return { tabs, started, stored }
}

const DEADLINE = 'talk 2026-11-22T10:00:00.000Z'
beforeEach(() => vi.unstubAllGlobals())

it('L40: a gong is off until a device wants it', async () => {
  const { tabs, started } = await openTabs(1)
  tabs[0]?.restore()
  await tabs[0]?.strike('end', DEADLINE)
  expect(started).toEqual([])
})

it('L40: of several tabs on one device one sounds, once for each deadline', async () => {
  const { tabs, started, stored } = await openTabs(2)
  stored.set('shortside:gong', 'on')
  for (const tab of tabs) tab.restore()
  await Promise.all(tabs.map((tab) => tab.strike('minute', DEADLINE)))
  await Promise.all(tabs.map((tab) => tab.strike('end', DEADLINE)))
  expect(started.filter((pitch) => pitch === 330 || pitch === 220)).toEqual([330, 220])
  // More minutes have an end of their own.
  await Promise.all(tabs.map((tab) => tab.strike('end', 'talk 2026-11-22T10:02:00.000Z')))
  expect(started.filter((pitch) => pitch === 220)).toHaveLength(2)
})
