import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, transcriptChanges } from '#db/schema.ts'
import type { CorrectionRecord } from '#shared/corrections.ts'
import { Refusal } from '#shared/refusals.ts'
import type { TranscriptChange } from '#shared/transcripts.ts'
import type { EpisodeReader, EpisodeRow } from '../episodes/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { indexEpisode } from '../passages/index-episode.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { readChange } from './read-history.ts'

/** What was done to the lines, and which earlier change it took back. No record: the lines are as they were. */
type Done =
  | { record: CorrectionRecord; undoes?: string }
  | { record: null; kind: CorrectionRecord['kind']; undoes: string }

/**
 * Every correction goes through here: one at a time, under the lock of the episode's room, with the next revision and an
 * entry in the history. What was sent before with this id is the answer to a retry.
 */
export function changeTranscript(
  house: House,
  reader: EpisodeReader,
  id: string,
  change: (tx: Transaction, now: EpisodeRow) => Promise<Done>,
): Promise<TranscriptChange> {
  const { member, episode } = reader
  requireOpenGroup(member.group)
  return changeRoom(house, episode.id, async (tx, tell) => {
    const [now] = await tx.select().from(episodes).where(eq(episodes.id, episode.id))
    if (!now) throw new Refusal('not-found')
    if (await isRetry(tx, reader, id)) return readChange(tx, reader, id)

    const done = await change(tx, now)
    const revision = now.revision + 1
    await tx.insert(transcriptChanges).values({
      id,
      groupId: episode.groupId,
      episodeId: episode.id,
      revision,
      placedAt: revision,
      kind: done.record === null ? done.kind : done.record.kind,
      accountId: member.account.id,
      at: house.now(),
      record: done.record,
      undoes: done.undoes ?? null,
    })
    await tx.update(episodes).set({ revision }).where(eq(episodes.id, episode.id))
    await indexEpisode(tx, episode.id)
    tell({ type: 'episode-changed' })
    return readChange(tx, reader, id)
  })
}

/** Somebody else's id, or one of another episode, is refused. */
async function isRetry(tx: Transaction, { member, episode }: EpisodeReader, id: string): Promise<boolean> {
  const [known] = await tx
    .select({ episodeId: transcriptChanges.episodeId, accountId: transcriptChanges.accountId })
    .from(transcriptChanges)
    .where(and(eq(transcriptChanges.id, id)))
  if (!known) return false
  if (known.episodeId !== episode.id || known.accountId !== member.account.id)
    throw new Refusal(
      'conflict',
      'This was sent before under another name. Copy your words, reload the page and send them again.',
    )
  return true
}
