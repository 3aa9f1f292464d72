import { and, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { listenings, listeningSettings } from '#db/schema.ts'
import type { Listening, ListeningSettings } from '#shared/listening.ts'
import type { EpisodeReader } from '../episodes/guards.ts'

const AT_FIRST: ListeningSettings = { speed: 1, fold: false, keys: true }

export async function readListening(
  reader: Reader,
  { member: { account }, episode }: EpisodeReader,
): Promise<Listening> {
  const [mine] = await reader
    .select()
    .from(listenings)
    .where(and(eq(listenings.accountId, account.id), eq(listenings.episodeId, episode.id)))
  return {
    moment: mine?.stoppedAt ? mine.moment : null,
    reached: mine?.stoppedAt ? mine.reached : null,
    stoppedAt: mine?.stoppedAt?.toISOString() ?? null,
    revealed: mine?.revealed ?? false,
    // Another address has other advertisements.
    offset: mine && mine.offsetOf === episode.audioUrl ? mine.offset : 0,
    settings: await readSettings(reader, account.id),
  }
}

export async function readSettings(reader: Reader, accountId: string): Promise<ListeningSettings> {
  const [mine] = await reader
    .select({
      speed: listeningSettings.speed,
      fold: listeningSettings.fold,
      keys: listeningSettings.keys,
    })
    .from(listeningSettings)
    .where(eq(listeningSettings.accountId, accountId))
  return mine ?? AT_FIRST
}
