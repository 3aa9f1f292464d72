import { and, eq } from 'drizzle-orm'
import { blocks, episodes, listenings, memberships } from '#db/schema.ts'
import type { EpisodePart } from '#shared/go-rounds.ts'
import { endOf, partOf } from '#shared/live/playing.ts'
import { Refusal } from '#shared/refusals.ts'
import { readText } from '../episodes/read-episode.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'

/**
 * What a block plays. Everybody in the room hears and reads this part of the episode with the others; guests get no more
 * of it than its words, and only while it runs: the address of the audio may be meant for the group.
 */
export async function readPart(
  { db }: House,
  { member, session }: Seat,
  blockId: string,
): Promise<EpisodePart> {
  const { account, group } = member
  const [block] = await db
    .select()
    .from(blocks)
    .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  const part = block && partOf(block)
  const isMember = await db.$count(
    memberships,
    and(
      eq(memberships.accountId, account.id),
      eq(memberships.groupId, group.id),
      eq(memberships.status, 'active'),
    ),
  )
  const [episode] =
    part && session.episodeId !== null && (isMember > 0 || session.currentBlockId === blockId)
      ? await db
          .select()
          .from(episodes)
          .where(and(eq(episodes.id, session.episodeId), eq(episodes.groupId, group.id)))
      : []
  if (!part || !episode) throw new Refusal('not-found', 'No part of an episode belongs to this block.')

  const { chapters, segments } = await readText(db, episode.id)
  const [mine] = await db
    .select({ offset: listenings.offset, of: listenings.offsetOf })
    .from(listenings)
    .where(and(eq(listenings.accountId, account.id), eq(listenings.episodeId, episode.id)))
  const { start } = part
  const end = endOf(part)
  const last = chapters.findLast((chapter) => chapter.start <= start)
  return {
    title: episode.title,
    hasAudio: episode.audioUrl !== null,
    audioUrl: isMember > 0 ? episode.audioUrl : null,
    offset: mine && mine.of === episode.audioUrl ? mine.offset : 0,
    start,
    end: Number.isFinite(end) ? end : null,
    chapters: chapters.filter((one) => one === last || (one.start > start && one.start < end)),
    lines: segments.flatMap((line) =>
      line.start !== null && line.start < end && (line.end ?? line.start + 1) > start
        ? [{ ...line, start: line.start }]
        : [],
    ),
  }
}
