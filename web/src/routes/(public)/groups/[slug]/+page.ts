import { client, pageClient } from '#lib/api.ts'
import { readNews } from '#lib/groups/read-news.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Agenda } from '#shared/public-pages.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:group')
  const api = pageClient(fetch)
  const group = await api.getPublicGroup({ params })
  if (group.mine?.status === 'active') {
    const [inside, news, mySeries, unread] = await Promise.all([
      api.getGroup({ params }),
      readNews(api, params.slug),
      api.listSeries({ params }),
      api.countUnreadInGroup({ params }),
    ])
    return { group, inside, news, agenda: null, series: [], mySeries, unread }
  }
  const agenda = await readAgenda(fetch, params)
  const series = agenda ? await api.listPublicSeries({ params }) : []
  return { group, inside: null, news: null, agenda, series, mySeries: [], unread: null }
}

/** What is coming up is for everybody, or for members only: then a stranger sees the next session at most. */
async function readAgenda(fetcher: typeof fetch, params: { slug: string }): Promise<Agenda | null> {
  try {
    return await client(fetcher).readAgenda({ params })
  } catch (problem) {
    if (problem instanceof Refusal && problem.code === 'not-found') return null
    throw problem
  }
}
