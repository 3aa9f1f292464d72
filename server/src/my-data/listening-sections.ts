import type { MyData } from '#shared/my-data.ts'
import { sayOffset } from '#shared/listening.ts'
import { timecode } from '#shared/moments.ts'
import type { Section } from './page-sections.ts'

/** What I marked for myself, where I am in episodes, and how I listen. */
export const listeningSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'What you highlighted for yourself',
    none: 'Nothing.',
    entries: data.highlights.map((one) => ({
      title: `“${one.quote}”`,
      words: one.note,
      facts: [
        ['Group', one.group],
        ['Episode', one.episode],
        ['At', one.at === null ? null : timecode(one.at)],
        ['Marked', at(one.markedAt)],
        ['Note changed', at(one.editedAt)],
      ],
    })),
  },
  {
    title: 'Episodes you listened to',
    none: 'None.',
    entries: data.listenedTo.map((one) => ({
      title: one.episode,
      facts: [
        ['Group', one.group],
        ['Stopped at', one.stoppedAt === null ? null : timecode(one.at)],
        ['Then', at(one.stoppedAt)],
        ['Got as far as', one.stoppedAt === null ? null : timecode(one.reached)],
        ['Your audio', one.audioLater === 0 ? null : sayOffset(one.audioLater)],
        ['All of it shown', one.allShown ? 'yes' : null],
      ],
    })),
  },
  {
    title: 'How you listen',
    none: 'As it comes.',
    entries:
      data.listening === null
        ? []
        : [
            {
              title: `Speed ${data.listening.speed}`,
              facts: [
                ['What lies ahead is folded', data.listening.fold ? 'yes' : 'no'],
                ['Single keys', data.listening.keys ? 'on' : 'off'],
              ],
            },
          ],
  },
]
