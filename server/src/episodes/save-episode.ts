import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { chapters, episodes, segments } from '#db/schema.ts'
import {
  lastMoment,
  type Chapter,
  type EpisodeDraft,
  type EpisodeSummary,
  type Segment,
} from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Member } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { indexEpisode } from '../passages/index-episode.ts'
import { makeRoom } from '../rooms/rooms.ts'
import { wantArtwork } from './artworks.ts'
import { readSummary } from './read-episode.ts'

/** PostgreSQL takes 65,535 parameters a statement, and a segment has seven. */
const ROWS_AT_ONCE = 5_000

/**
 * Any member may import. What was saved before with this id is the answer to a retry.
 * @param also what belongs to the same change; it is not done again for a retry.
 */
export async function saveEpisode(
  house: House,
  member: Member,
  draft: EpisodeDraft,
  also: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<EpisodeSummary> {
  requireOpenGroup(member.group)
  const row = toRow(draft)
  return house.db.transaction(async (tx) => {
    const [added] = await tx
      .insert(episodes)
      .values({
        id: draft.id,
        groupId: member.group.id,
        ...row,
        importedBy: member.account.id,
        importedAt: house.now(),
      })
      .onConflictDoNothing()
      .returning({ id: episodes.id })
    if (!added) return earlierSave(tx, member, draft.id)

    await addText(
      tx,
      { id: draft.id, groupId: member.group.id },
      { chapters: inOrderOfHearing(draft.chapters ?? []), segments: draft.segments ?? [] },
    )
    await indexEpisode(tx, draft.id)
    await makeRoom(tx, draft.id, member.group.id, 'episode')
    await wantArtwork(house, tx, member.group.id, row.artworkUrl)
    await also(tx)
    return readSummary(tx, member.group.id, draft.id)
  })
}

/** What an episode is, besides its text. @throws Refusal for a title or a link that is none. */
export function toRow(draft: Omit<EpisodeDraft, 'id'>): Omit<typeof episodes.$inferInsert, 'groupId'> {
  const audioUrl = webAddress(draft.audioUrl, 'audioUrl', 'The audio link')
  const pageUrl = webAddress(draft.pageUrl, 'pageUrl', 'The link to the page')
  const artworkUrl = webAddress(draft.artworkUrl, 'artworkUrl', 'The link to the picture')
  if (!draft.title.trim())
    throw new Refusal('invalid', 'Give the episode a title, so that people find it.', 'title')
  return {
    title: draft.title.trim(),
    showTitle: draft.showTitle?.trim() || null,
    notes: draft.notes ?? '',
    audioUrl,
    pageUrl,
    // Whoever imports again from a text leaves the picture as it is.
    ...(draft.artworkUrl === undefined ? {} : { artworkUrl }),
    duration: draft.duration ?? lastMoment(draft.segments ?? []),
    language: draft.language ?? null,
    people: draft.people ?? [],
    publishedAt: draft.publishedAt ? new Date(draft.publishedAt) : null,
  }
}

/** Timelines go backwards in the wild; whoever reads chapters wants them in the order of hearing. */
export const inOrderOfHearing = (some: readonly Chapter[]): Chapter[] =>
  some.toSorted((one, other) => one.start - other.start)

export async function addText(
  tx: Transaction,
  { id, groupId }: { id: string; groupId: string },
  text: { chapters: Chapter[]; segments: Segment[] },
): Promise<void> {
  const of = { groupId, episodeId: id }
  for (const some of inChunks(text.chapters.map((chapter, position) => ({ ...of, position, ...chapter }))))
    await tx.insert(chapters).values(some)
  for (const some of inChunks(text.segments.map((segment, position) => ({ ...of, position, ...segment }))))
    await tx.insert(segments).values(some)
}

/** A retry gets the answer of the first try; somebody else's id is refused. */
async function earlierSave(tx: Transaction, member: Member, id: string): Promise<EpisodeSummary> {
  const [mine] = await tx
    .select({ id: episodes.id })
    .from(episodes)
    .where(
      and(
        eq(episodes.id, id),
        eq(episodes.groupId, member.group.id),
        eq(episodes.importedBy, member.account.id),
      ),
    )
  if (!mine) throw new Refusal('conflict', 'This import was used before. Reload the page and save it again.')
  return readSummary(tx, member.group.id, id)
}

function webAddress(given: string | null | undefined, field: string, name: string): string | null {
  const address = given?.trim()
  if (!address) return null
  const url = URL.parse(address)
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.href
  throw new Refusal(
    'invalid',
    `${name} must begin with http:// or https://. Leave it empty if there is none.`,
    field,
  )
}

function inChunks<Row>(rows: Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  )
}
