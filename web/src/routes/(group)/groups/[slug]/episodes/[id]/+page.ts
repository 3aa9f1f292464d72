import { redirect } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, url }) => {
  // A moment that somebody put behind a link without looking: “…&t=34”.
  const [id = '', ...rest] = params.id.split('&')
  if (rest.length > 0)
    redirect(307, `${url.pathname.slice(0, url.pathname.lastIndexOf('/'))}/${id}?${rest.join('&')}`)

  const call = { params: { slug: params.slug, episodeId: params.id } }
  const [episode, discussion, listening, highlights, { origin }] = await Promise.all([
    pageClient(fetch).getEpisode(call),
    pageClient(fetch).getDiscussion(call),
    pageClient(fetch).getListening(call),
    pageClient(fetch).listHighlights(call),
    pageClient(fetch).getEpisodeOrigin(call),
  ])
  return { episode, discussion, listening, highlights, origin }
}
