import type { Parts } from './privacy-ask.ts'

/** What no page sends, and somebody will: in place of any text, number or list of a call. */
const INSTEAD = {
  string: [
    'a\u0000b',
    'half \ud83d',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-12-31T23:59:60Z',
    '9999-12-31T23:59',
    '9999-12-31',
    '+275760-09-13T00:00:00Z',
    '-1',
    '__proto__',
    '../../..',
    '%00',
    '$1; drop table accounts; --',
    '\r\nBcc: everybody@example.org',
    'x'.repeat(20_000),
  ],
  number: [-1, 0.5, 2 ** 31, 2 ** 53, 1e308, 'NaN'],
  any: [null, [], {}, true, 0, ''],
} as const

/** The parts of a call with one thing in it changed, once for each thing and each change. */
export function* hostile(parts: Parts): Generator<Parts> {
  for (const part of ['params', 'query', 'body'] as const) {
    const given = parts[part]
    if (given === undefined) continue
    for (const [path, value] of leavesOf(given)) {
      for (const other of insteadOf(value)) {
        if (part !== 'body' && (other === '' || typeof other === 'object')) continue
        yield { ...parts, [part]: changed(given, path, other) }
      }
    }
    if (part === 'body') {
      yield { ...parts, body: [] }
      yield { ...parts, body: JSON.parse('{"__proto__": {"operator": true}, "constructor": 1}') as object }
    }
  }
}

function insteadOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [...INSTEAD.string, ...INSTEAD.any]
  if (typeof value === 'number') return [...INSTEAD.number, ...INSTEAD.any]
  if (Array.isArray(value)) return [Array.from({ length: 5_001 }, () => value[0] as unknown), ...INSTEAD.any]
  return [...INSTEAD.any, 'a\u0000b', -1]
}

type Path = readonly (string | number)[]

function* leavesOf(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  if (path.length > 0) yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, key])
}

function changed(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  const copy = structuredClone(value) as Record<string | number, unknown>
  copy[key] = changed(copy[key], rest, other)
  return copy
}
