import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Cities that a name which is being typed may become. */
export const CITIES_SUGGESTED = 8
export const RADII = [5, 10, 25, 50, 100] as const
/** How far people go for an evening, when they do not say. */
export const USUAL_RADIUS = 25
/** Mean radius of the Earth, in kilometres. */
const EARTH = 6371.0088

export const SuggestedCity = Type.Object({
  /** What is stored when it is chosen. */
  name: Type.String(),
  country: Type.String(),
  /** IANA name of its wall clock, where there is one. */
  zone: Type.Union([Type.String(), Type.Null()]),
})
export type SuggestedCity = Static<typeof SuggestedCity>

export const cityCalls = define({
  suggestCities: {
    method: 'GET',
    path: '/api/cities',
    query: Type.Object({ words: Type.String({ maxLength: 120 }) }),
    response: Type.Array(SuggestedCity),
    summary: 'Cities that a name which is being typed may become; the first is the one that is meant by it',
  },
})

const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' }

/** Words as they are compared: small, without accents, with single spaces: "Łódź " and "lodz" are one. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\s.,]+/g, ' ')
    .trim()

export type Point = { latitude: number; longitude: number }

/** Around a point, in degrees: whatever is nearer than the radius lies inside. `west` may be greater than `east`. */
export type Box = { south: number; north: number; west: number; east: number }

export function boxAround({ latitude, longitude }: Point, kilometres: number): Box {
  const angle = kilometres / EARTH
  const high = toDegrees(angle)
  const south = Math.max(-90, latitude - high)
  const north = Math.min(90, latitude + high)
  const widest = Math.sin(angle) / Math.cos(toRadians(latitude))
  // So near to a pole that it lies inside: every longitude is near.
  if (south === -90 || north === 90 || widest >= 1) return { south, north, west: -180, east: 180 }
  const wide = toDegrees(Math.asin(widest))
  return { south, north, west: around(longitude - wide), east: around(longitude + wide) }
}

/** Kilometres along the great circle. */
export function distanceOf(one: Point, other: Point): number {
  const half = (from: number, to: number) => Math.sin(toRadians(to - from) / 2) ** 2
  const part =
    half(one.latitude, other.latitude) +
    Math.cos(toRadians(one.latitude)) *
      Math.cos(toRadians(other.latitude)) *
      half(one.longitude, other.longitude)
  return 2 * EARTH * Math.asin(Math.sqrt(Math.min(1, part)))
}

const toRadians = (degrees: number) => (degrees * Math.PI) / 180
const toDegrees = (radians: number) => (radians * 180) / Math.PI
/** Beyond the date line the count begins anew. */
const around = (longitude: number) => ((((longitude + 180) % 360) + 360) % 360) - 180
