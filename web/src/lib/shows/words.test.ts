import { expect, it } from 'vitest'
import type { ShowItem, ShowSummary } from '#shared/shows.ts'
import { askedInWords, belongsTo, countsInWords } from './words.ts'

const show = (more: Partial<ShowSummary>) => more as ShowSummary
const item = (more: Partial<ShowItem>) =>
  ({ episodeId: null, dismissed: false, fresh: false, ...more }) as ShowItem

it('says what a show has', () => {
  const say = (items: number, episodes: number, fresh: number) =>
    countsInWords(show({ items, episodes, fresh }))
  expect([say(0, 0, 0), say(1, 0, 1), say(52, 1, 0), say(52, 3, 2), say(3, 3, 0)]).toEqual([
    'Nothing in its feed yet',
    '1 item, 1 new',
    '52 items, 1 of them an episode',
    '52 items, 3 of them episodes, 2 new',
    '3 items, all of them episodes',
  ])
})

it('says when its feed was read, and when it is asked again', () => {
  const now = new Date('2026-11-22T09:00:00Z')
  const say = (readAt: string, nextCheckAt: string) => askedInWords(show({ readAt, nextCheckAt }), now)
  expect(say('2026-11-22T08:20:00Z', '2026-11-22T09:20:00Z')).toBe(
    'Its feed was read 40 minutes ago and is asked again in 20 minutes.',
  )
  expect(say('2026-11-22T08:00:00Z', '2026-11-22T08:59:00Z')).toBe(
    'Its feed was read 1 hour ago and is asked again soon.',
  )
})

it('puts each item where somebody looks for it', () => {
  expect(belongsTo(item({}))).toEqual(['open'])
  expect(belongsTo(item({ fresh: true }))).toEqual(['open', 'fresh'])
  expect(belongsTo(item({ dismissed: true }))).toEqual(['dismissed'])
  expect(belongsTo(item({ episodeId: 'one' }))).toEqual(['episodes'])
})
