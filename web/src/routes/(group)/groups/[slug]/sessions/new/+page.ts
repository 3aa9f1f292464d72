import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'Facilitators schedule sessions. Ask an organizer for that role.', { code: 'not-allowed' })
  requireOpen(group)
  const api = pageClient(fetch)
  const episodeId = url.searchParams.get('episode')
  const [{ suggested, zone }, templates, kept, episodes] = await Promise.all([
    api.listSessions({ params: { slug: params.slug } }),
    api.listTemplates({ query: {} }),
    api.listGroupTemplates({ params: { slug: params.slug } }),
    episodeId ? api.listEpisodes({ params: { slug: params.slug } }) : [],
  ])
  return {
    suggested,
    zone,
    templates,
    ours: kept.filter(({ archivedAt }) => archivedAt === null),
    askedOurs: url.searchParams.get('ours'),
    episode: episodes.find(({ id }) => id === episodeId),
    asked: url.searchParams.get('template'),
    /** Whether a series was asked for. */
    repeats: url.searchParams.has('series'),
  }
}
