import { describe, expect, it } from 'vitest'
import { boxAround, distanceOf, fold } from './cities.ts'

const berlin = { latitude: 52.52, longitude: 13.405 }
const potsdam = { latitude: 52.3906, longitude: 13.0645 }
const suva = { latitude: -18.1416, longitude: 178.4419 }
const apia = { latitude: -13.8333, longitude: -171.7667 }

describe('the distance of two points', () => {
  it.for([
    [berlin, potsdam, 27.19],
    [berlin, { latitude: 48.8566, longitude: 2.3522 }, 877.5],
    [{ latitude: 51.5074, longitude: -0.1278 }, { latitude: 40.7128, longitude: -74.006 }, 5570.2],
    [suva, apia, 1150.7],
    [{ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }, 20_015.1],
  ] as const)('is that of the great circle', ([one, other, kilometres]) => {
    expect(Math.abs(distanceOf(one, other) - kilometres)).toBeLessThan(kilometres * 0.001)
    expect(distanceOf(other, one)).toBeCloseTo(distanceOf(one, other), 6)
  })
})

describe('the box around a point', () => {
  const inside = (box: ReturnType<typeof boxAround>, { latitude, longitude }: typeof berlin) =>
    box.south <= latitude &&
    latitude <= box.north &&
    (box.west <= box.east
      ? box.west <= longitude && longitude <= box.east
      : longitude >= box.west || longitude <= box.east)

  it('holds whatever is nearer than the radius, also over the date line and at a pole', () => {
    for (const centre of [
      berlin,
      suva,
      { latitude: -36, longitude: 179.99 },
      { latitude: 89.9, longitude: 5 },
    ]) {
      for (let bearing = 0; bearing < 360; bearing += 5) {
        const near = travel(centre, bearing, 99.9)
        expect(distanceOf(centre, near)).toBeCloseTo(99.9, 3)
        expect(inside(boxAround(centre, 100), near)).toBe(true)
      }
    }
  })

  it('is no bigger than needed', () => {
    expect(inside(boxAround(berlin, 25), potsdam)).toBe(true)
    expect(inside(boxAround(berlin, 10), potsdam)).toBe(false)
    expect(boxAround({ latitude: 0, longitude: 179.9 }, 50)).toMatchObject({
      west: expect.closeTo(179.45, 1) as number,
      east: expect.closeTo(-179.65, 1) as number,
    })
  })
})

it('compares names without accents, case and dots', () => {
  expect(fold(' ŁÓDŹ ')).toBe('lodz')
  expect(fold('St. Gallen')).toBe('st gallen')
  expect(fold('Straße')).toBe('strasse')
})

/** Where somebody ends who goes straight on. */
function travel({ latitude, longitude }: typeof berlin, bearing: number, kilometres: number) {
  const [angle, from, turn] = [kilometres / 6371.0088, (latitude * Math.PI) / 180, (bearing * Math.PI) / 180]
  const to = Math.asin(Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(turn))
  const east = Math.atan2(
    Math.sin(turn) * Math.sin(angle) * Math.cos(from),
    Math.cos(angle) - Math.sin(from) * Math.sin(to),
  )
  const at = longitude + (east * 180) / Math.PI
  return { latitude: (to * 180) / Math.PI, longitude: ((((at + 180) % 360) + 360) % 360) - 180 }
}
