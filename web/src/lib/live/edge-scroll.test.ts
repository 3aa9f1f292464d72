import { expect, it } from 'vitest'
import { edgeStep } from './edge-scroll.ts'

it('L25: what is dragged to an edge pulls the page along, faster the nearer it is, and nothing moves in the middle', () => {
  const steps = [790, 740, 700, 400, 100, 40, 0, -20].map((y) => edgeStep(y, 0, 800))
  expect(steps).toEqual([11, 6, 2, 0, -2, -8, -12, -12])
  expect(edgeStep(900, 0, 800)).toBe(12)
})

it('L25: in a low window there is a middle, too', () => {
  expect(edgeStep(100, 0, 200)).toBe(0)
  expect(edgeStep(190, 0, 200)).toBeGreaterThan(0)
})
