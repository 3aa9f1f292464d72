import { count } from '#lib/episodes/words.ts'
import { dayInWords, fromNow } from '#lib/ui/time.ts'
import type { ShowItem, ShowProblem, ShowSummary } from '#shared/shows.ts'

/** "52 items, 3 of them episodes, 2 new". */
export function countsInWords({ items, episodes, fresh }: ShowSummary): string {
  if (items === 0) return 'Nothing in its feed yet'
  return [
    count(items, 'item'),
    episodes > 0 &&
      `${episodes === items ? 'all' : episodes} of them ${episodes === 1 ? 'an episode' : 'episodes'}`,
    fresh > 0 && `${fresh} new`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** How many items of all shows stand out as new. */
export const allFresh = (shows: readonly ShowSummary[]): number =>
  shows.reduce((sum, { fresh }) => sum + fresh, 0)

/** "since 18 Nov 2026". */
export const sinceWhen = ({ since }: ShowProblem): string => `since ${dayInWords(since)}`

/** When its feed was read, and when it is asked again. */
export const askedInWords = ({ readAt, nextCheckAt }: ShowSummary, now: Date): string =>
  `Its feed was read ${fromNow(readAt, now).replace(/^now$/, 'just now')} and is asked again ${
    Date.parse(nextCheckAt) <= now.getTime() ? 'soon' : fromNow(nextCheckAt, now)
  }.`

/** What somebody may want to see of a show. */
export const CHOICES = {
  open: 'To choose from',
  fresh: 'New',
  episodes: 'Episodes',
  dismissed: 'Put aside',
} as const
export type Choice = keyof typeof CHOICES

export const belongsTo = ({ episodeId, dismissed, fresh }: ShowItem): Choice[] => {
  if (episodeId !== null) return ['episodes']
  if (dismissed) return ['dismissed']
  return fresh ? ['open', 'fresh'] : ['open']
}
