import type { Placement } from '#shared/anchors.ts'

/** What became of the words that somebody highlighted; nothing to say when they are where they were. */
export function highlightState(state: Placement['state']): string {
  switch (state) {
    case 'exact':
      return ''
    case 'moved':
      return 'These words have moved since you marked them.'
    case 'uncertain':
      return 'The text has changed. The dashed words may be the ones that you marked.'
    case 'lost':
      return 'The text has changed, and these words are not in it any more.'
  }
}
