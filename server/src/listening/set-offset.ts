import { listenings } from '#db/schema.ts'
import type { Listening } from '#shared/listening.ts'
import { Refusal } from '#shared/refusals.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { readListening } from './read-listening.ts'

/** How much later the audio of a listener is. It is for one address of it: the next one has other advertisements. */
export async function setOffset(
  house: House,
  reader: EpisodeReader,
  { audioUrl, offset }: { audioUrl: string; offset: number },
): Promise<Listening> {
  const { member, episode } = reader
  if (episode.audioUrl !== audioUrl)
    throw new Refusal(
      'conflict',
      'The audio of this episode has another address now. Reload the page, listen again, and then say how much later yours is.',
    )
  const now = house.now()
  const mine = { offset, offsetOf: audioUrl, updatedAt: now }
  await house.db
    .insert(listenings)
    .values({ accountId: member.account.id, groupId: episode.groupId, episodeId: episode.id, ...mine })
    .onConflictDoUpdate({ target: [listenings.accountId, listenings.episodeId], set: mine })
  return readListening(house.db, reader)
}
