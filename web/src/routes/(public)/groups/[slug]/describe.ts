import { nextInWords, RHYTHM_WORDS } from '#lib/groups/words.ts'
import type { PublicGroup } from '#shared/groups.ts'

/** A group in a few sentences, for whoever meets its link elsewhere. */
export function describe(group: PublicGroup): string {
  const next = nextInWords(group)
  const where = [group.venue, group.city].filter(Boolean).join(', ')
  return [
    group.purpose || 'A small group that meets again and again to practise what no course can teach.',
    next ? `Next: ${next}.` : `${RHYTHM_WORDS[group.rhythm]}.`,
    where ? `${where}.` : group.online ? 'Online.' : '',
  ]
    .filter(Boolean)
    .join(' ')
}
