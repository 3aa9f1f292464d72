import { describe, expect, it } from 'vitest'
import { mapLinksOf, openPlaceOf, placeInWords, placeOf, wayOf } from './where.ts'

const group = { venue: 'Library', address: 'Sand 12', city: 'Hamburg', accessNotes: 'Ring at “Circle”.' }
const session = { room: 'Room 4', venue: null, address: null, accessNotes: '' }

describe('where a session is', () => {
  it('is where the group meets, unless it says otherwise', () => {
    expect(placeInWords(placeOf(group, session))).toBe('Room 4, Library, Sand 12, Hamburg')
    expect(placeOf(group, session).accessNotes).toBe('Ring at “Circle”.')
    expect(placeOf(group, { ...session, accessNotes: 'The lift is broken.' })).toMatchObject({
      venue: 'Library',
      accessNotes: 'The lift is broken.',
    })
  })

  it('is a place of its own, with nothing of the other', () => {
    const place = placeOf(group, { ...session, room: null, venue: 'Bar Nord', address: 'Kai 3, Bremen' })
    expect(placeInWords(place)).toBe('Bar Nord, Kai 3, Bremen')
    expect(place.accessNotes).toBe('')
  })

  it('is told to strangers without the room, and of a company without the way in', () => {
    const meetup = { ...group, kind: 'meetup' as const }
    expect(openPlaceOf(meetup, session)).toEqual({ ...group })
    expect(openPlaceOf({ ...meetup, kind: 'internal' }, session)).toMatchObject({
      venue: 'Library',
      address: null,
      accessNotes: '',
    })
  })

  it('is said once, however often it was written', () => {
    expect(placeInWords({ room: 'library', venue: 'Library', address: null, city: 'Hamburg' })).toBe(
      'library, Hamburg',
    )
    expect(placeInWords({ room: null, venue: null, address: '20095 Hamburg', city: 'Hamburg' })).toBe(
      '20095 Hamburg',
    )
    expect(placeInWords({ room: null, venue: null, address: null, city: null })).toBe('')
  })
})

it('is in person, online or both', () => {
  expect(wayOf('Library', false)).toBe('in person')
  expect(wayOf('Library', true)).toBe('hybrid')
  expect(wayOf('', true)).toBe('online')
  expect(wayOf(null, false)).toBeUndefined()
})

describe('a link to a map', () => {
  it('looks for the street in its city', () => {
    expect(mapLinksOf(group)?.web).toBe('https://www.openstreetmap.org/search?query=Sand%2012%2C%20Hamburg')
    expect(mapLinksOf({ ...group, address: null })?.geo).toBe('geo:0,0?q=Library%2C%20Hamburg')
  })

  it('is not made for a city alone', () => {
    expect(mapLinksOf({ venue: null, address: null, city: 'Hamburg' })).toBeUndefined()
  })
})
