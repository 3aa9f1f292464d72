import { inAudio } from '#shared/listening.ts'
import { linkToMoment, timecode } from '#shared/moments.ts'
import type { Anchor } from '#shared/threads.ts'

/** Words of an episode to paste elsewhere: the quote, who said it and when, and a link that leads there. */
export function quoteWithTime(
  { quote, speaker, start }: Pick<Anchor, 'quote' | 'speaker' | 'start'>,
  { page, title, offset }: { page: string; title: string; offset: number },
): string {
  const when = start === null ? '' : timecode(start)
  const own = start === null || offset === 0 ? '' : ` (${timecode(inAudio(start, offset))} in my audio)`
  const from = [speaker, `${when}${own}`, title].filter(Boolean).join(', ')
  return `“${quote}”\n${from}\n${page}${start === null ? '' : linkToMoment(start)}`
}
