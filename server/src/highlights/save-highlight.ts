import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, highlights } from '#db/schema.ts'
import { MOST_HIGHLIGHTS, type Highlight, type HighlightDraft } from '#shared/highlights.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Anchor } from '#shared/threads.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { storable, storableAnchor } from '../threads/changes.ts'
import { showHighlight } from './list-highlights.ts'

/** Marks words, or changes what is marked or noted. The words that were marked at first are kept with it. */
export function saveHighlight(
  house: House,
  reader: EpisodeReader,
  id: string,
  draft: HighlightDraft,
): Promise<Highlight> {
  const { member, episode } = reader
  const chosen = storableAnchor(draft.anchor)
  if (chosen.quote.trim() === '')
    throw new Refusal('invalid', 'There are no words in this. Select the words to highlight first.', 'anchor')
  const note = storable(draft.note).trim()

  return house.db.transaction(async (tx) => {
    // One after the other, so that two tabs can't go over the limit together.
    await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.id, member.account.id))
      .for('no key update')
    const mine = and(eq(highlights.accountId, member.account.id), eq(highlights.id, id))
    const [known] = await tx.select().from(highlights).where(mine)
    if (!known) {
      await requireRoom(tx, reader)
      const [added] = await tx
        .insert(highlights)
        .values({
          accountId: member.account.id,
          id,
          groupId: episode.groupId,
          episodeId: episode.id,
          anchor: chosen,
          note,
          markedAt: house.now(),
        })
        .returning()
      if (!added) throw new Refusal('conflict')
      return showHighlight(added)
    }

    if (known.episodeId !== episode.id)
      throw new Refusal(
        'conflict',
        'This highlight is in another episode. Reload the page and mark it again.',
      )
    const anchor = withOriginal(chosen, known.anchor)
    if (note === known.note && isDeepStrictEqual(anchor, known.anchor)) return showHighlight(known)
    const [changed] = await tx
      .update(highlights)
      .set({ anchor, note, ...(note === known.note ? {} : { editedAt: house.now() }) })
      .where(mine)
      .returning()
    return showHighlight(changed ?? known)
  })
}

async function requireRoom(tx: Transaction, { member, episode }: EpisodeReader): Promise<void> {
  const there = await tx.$count(
    highlights,
    and(eq(highlights.accountId, member.account.id), eq(highlights.episodeId, episode.id)),
  )
  if (there >= MOST_HIGHLIGHTS)
    throw new Refusal(
      'conflict',
      `You have ${MOST_HIGHLIGHTS} highlights in this episode, and more don’t fit. Delete one first.`,
    )
}

function withOriginal(chosen: Anchor, before: Anchor): Anchor {
  const original = before.original ?? before.quote
  return original === chosen.quote ? chosen : { ...chosen, original }
}
