import { expect, it, onTestFinished } from 'vitest'
import { openInstance } from '#tests/instance.ts'

it('D8: a page is kept by no cache between us and its reader, a script by all', async () => {
  const instance = await openInstance()
  onTestFinished(() => instance.stop())
  const cached = async (path: string) => (await fetch(instance.origin + path)).headers.get('cache-control')

  const page = await (await fetch(`${instance.origin}/guide`)).text()
  const script = /"(?:\.\/|\/)(_app\/immutable\/[^"]+\.js)"/.exec(page)?.[1]
  for (const path of ['/', '/guide', '/sign-in', '/groups/no-such-group'])
    expect(await cached(path), path).toBe('private, no-cache')
  expect(await cached(`/${script}`)).toBe('public,max-age=31536000,immutable')
  expect(await cached('/api/visit')).toBe('no-store')
})
