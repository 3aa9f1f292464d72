import { listenings } from '#db/schema.ts'
import type { Listening } from '#shared/listening.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { readListening } from './read-listening.ts'

/** Says from where on an episode is folded, or that all of it is shown. */
export async function setReached(
  house: House,
  reader: EpisodeReader,
  { reached, revealed }: { reached?: number; revealed: boolean },
): Promise<Listening> {
  const now = house.now()
  const chosen = reached === undefined ? {} : { reached, moment: reached, stoppedAt: now }
  await house.db
    .insert(listenings)
    .values({
      accountId: reader.member.account.id,
      groupId: reader.episode.groupId,
      episodeId: reader.episode.id,
      revealed,
      updatedAt: now,
      ...chosen,
    })
    .onConflictDoUpdate({
      target: [listenings.accountId, listenings.episodeId],
      set: { revealed, updatedAt: now, ...chosen },
    })
  return readListening(house.db, reader)
}
