import { sql } from 'drizzle-orm'
import { listenings } from '#db/schema.ts'
import type { Listening, Stop } from '#shared/listening.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { readListening } from './read-listening.ts'

/** Where somebody stopped, by when they were there: what an older device tells late moves nothing. */
export async function saveStop(
  house: House,
  reader: EpisodeReader,
  { moment, reached, ago = 0 }: Stop,
): Promise<Listening> {
  const now = house.now()
  const stoppedAt = new Date(now.getTime() - ago * 1000)
  const later = sql`${listenings.stoppedAt} is null or ${listenings.stoppedAt} <= excluded.stopped_at`
  await house.db
    .insert(listenings)
    .values({
      accountId: reader.member.account.id,
      groupId: reader.episode.groupId,
      episodeId: reader.episode.id,
      moment,
      reached,
      stoppedAt,
      updatedAt: now,
    })
    .onConflictDoUpdate({
      target: [listenings.accountId, listenings.episodeId],
      set: {
        moment: sql`case when ${later} then excluded.moment else ${listenings.moment} end`,
        stoppedAt: sql`greatest(${listenings.stoppedAt}, excluded.stopped_at)`,
        // What was heard on any device was heard.
        reached: sql`greatest(${listenings.reached}, excluded.reached)`,
        updatedAt: now,
      },
    })
  return readListening(house.db, reader)
}
