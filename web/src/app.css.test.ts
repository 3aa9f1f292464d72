import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./app.css', import.meta.url), 'utf8')
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', light, dark]) => [
    name,
    { light, dark },
  ]),
)

const SURFACES = ['paper', 'card', 'well'] as const
const TEXTS: readonly (readonly [text: string, ground: string])[] = [
  ...['ink', 'soft', 'green', 'short-ink', 'gold-ink'].flatMap((text) =>
    SURFACES.map((ground) => [text, ground] as const),
  ),
  ['on-green', 'green'],
  ['green', 'green-wash'],
  ['short-ink', 'short-wash'],
  ['gold-ink', 'gold-wash'],
  ...['green-wash', 'short-wash', 'gold-wash'].flatMap((ground) => [
    ['ink', ground] as const,
    ['soft', ground] as const,
  ]),
]
/** What is not text but has to be seen: borders of controls, the focus ring, the short side. */
const SHAPES = [
  ...['edge', 'green', 'short'].flatMap((shape) => SURFACES.map((ground) => [shape, ground] as const)),
  ['short', 'green-wash'],
] as const

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  it.each(TEXTS)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(SHAPES)('%s can be seen on %s', (shape, ground) => {
    expect(contrast(colour(shape, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(3)
  })
})

function colour(name: string, scheme: 'light' | 'dark'): string {
  const found = TOKENS.get(name)?.[scheme]
  if (!found) throw new Error(`app.css has no colour ${name}.`)
  return found
}

/** WCAG 2.2: relative luminance, and the ratio of two. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
