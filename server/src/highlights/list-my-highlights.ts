import { and, desc, eq, inArray, max, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { episodes, groups, highlights, memberships } from '#db/schema.ts'
import { EPISODES_A_PAGE, type HighlightedEpisode } from '#shared/highlights.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { IN_ORDER, showHighlight } from './list-highlights.ts'

type Listed = { episodes: HighlightedEpisode[]; total: number }

/** What I marked in the groups that I am in: what belongs to a group that I left comes with my data. */
export function listMyHighlights(house: House, { account }: SignedIn, page = 1): Promise<Listed> {
  return house.db.transaction(
    async (tx) => {
      const all = await readMarkedEpisodes(tx, account.id)
      const shown = all.slice((page - 1) * EPISODES_A_PAGE, page * EPISODES_A_PAGE)
      return { episodes: await withHighlights(tx, account.id, shown), total: all.length }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** All of them, or those of one episode. */
export async function readMine(
  reader: Reader,
  accountId: string,
  which?: SQL,
): Promise<HighlightedEpisode[]> {
  return withHighlights(reader, accountId, await readMarkedEpisodes(reader, accountId, which))
}

type MarkedEpisode = Pick<HighlightedEpisode, 'group' | 'episode'>

function readMarkedEpisodes(reader: Reader, accountId: string, which?: SQL): Promise<MarkedEpisode[]> {
  return reader
    .select({
      group: { slug: groups.slug, name: groups.name },
      episode: { id: episodes.id, title: episodes.title, showTitle: episodes.showTitle },
    })
    .from(highlights)
    .innerJoin(episodes, eq(episodes.id, highlights.episodeId))
    .innerJoin(groups, eq(groups.id, highlights.groupId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.groupId, highlights.groupId),
        eq(memberships.accountId, highlights.accountId),
        eq(memberships.status, 'active'),
      ),
    )
    .where(and(eq(highlights.accountId, accountId), which))
    .groupBy(groups.id, episodes.id)
    .orderBy(desc(max(highlights.markedAt)), episodes.id)
}

async function withHighlights(
  reader: Reader,
  accountId: string,
  marked: MarkedEpisode[],
): Promise<HighlightedEpisode[]> {
  const ids = marked.map(({ episode }) => episode.id)
  const mine = await reader
    .select()
    .from(highlights)
    .where(and(eq(highlights.accountId, accountId), inArray(highlights.episodeId, ids)))
    .orderBy(...IN_ORDER)
  return marked.map((one) => ({
    ...one,
    highlights: mine.filter(({ episodeId }) => episodeId === one.episode.id).map(showHighlight),
  }))
}
