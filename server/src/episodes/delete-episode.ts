import { and, eq, inArray } from 'drizzle-orm'
import { episodes, rooms, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { mayChange, type EpisodeReader } from './guards.ts'

/** Takes the threads with it. Sessions that are over keep everything but the link to it. */
export async function deleteEpisode(house: House, { member, episode }: EpisodeReader): Promise<void> {
  if (!mayChange(member, episode)) throw new Refusal('not-allowed')
  await house.db.transaction(async (tx) => {
    // First of all, as every change of its threads does: neither waits for what the other holds.
    await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, episode.id)).for('update')
    const uses = and(eq(sessions.groupId, episode.groupId), eq(sessions.episodeId, episode.id))
    const [ahead] = await tx
      .select({ title: sessions.title })
      .from(sessions)
      .where(and(uses, inArray(sessions.status, ['scheduled', 'live'])))
    if (ahead)
      throw new Refusal(
        'conflict',
        `The session “${ahead.title}” is built on this episode. Change or cancel it first.`,
      )
    await tx.update(sessions).set({ episodeId: null }).where(uses)
    await tx.delete(episodes).where(eq(episodes.id, episode.id))
    await tx.delete(rooms).where(eq(rooms.id, episode.id))
  })
}
