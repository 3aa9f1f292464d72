import { cityMapping } from 'city-timezones'
import { expect, it } from 'vitest'
import { findCity, suggestCities } from './gazetteer.ts'
import { OTHER_NAMES } from './other-names.ts'

it.for([
  ['berlin', 'Germany', 'Europe/Berlin'],
  ['Köln', 'Germany', 'Europe/Berlin'],
  ['lodz', 'Poland', 'Europe/Warsaw'],
  ['København', 'Denmark', 'Europe/Copenhagen'],
  ['Washington, D.C.', 'United States of America', 'America/New_York'],
  ['springfield, OHIO', 'United States of America', 'America/New_York'],
  ['Cambridge', 'United Kingdom', 'Europe/London'],
  ['Київ', 'Ukraine', 'Europe/Kyiv'],
] as const)('knows where %s is, however it is written', ([text, country, zone]) => {
  expect(findCity(text)).toMatchObject({ country, zone })
})

it('knows nothing of what is no city', () => {
  expect(findCity('Kleinkleckersdorf')).toBeUndefined()
  expect(findCity('%')).toBeUndefined()
  expect(findCity('')).toBeUndefined()
  expect(suggestCities(' . ', 8)).toEqual([])
})

it('suggests each city under a name that means it and no other', () => {
  for (const begun of ['s', 'san', 'spring', 'köl', 'mün', 'kobenh', 'santiago', 'bandar l']) {
    const cities = suggestCities(begun, 8)
    expect(cities.length).toBeGreaterThan(0)
    for (const { name, latitude, longitude } of cities)
      expect(findCity(name)).toMatchObject({ latitude, longitude })
  }
  expect(suggestCities('Köl', 8).map(({ name }) => name)).toContain('Köln')
  expect(suggestCities('paris', 8)[0]).toMatchObject({ name: 'Paris', country: 'France' })
})

it('has other names only for cities that are there', () => {
  const known = new Set(cityMapping.map(({ city_ascii }) => city_ascii))
  expect(Object.keys(OTHER_NAMES).filter((name) => !known.has(name))).toEqual([])
})
