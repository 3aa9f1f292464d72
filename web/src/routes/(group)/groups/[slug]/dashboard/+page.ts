import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:dashboard')
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'The dashboard is for whoever prepares and runs the sessions of this group.', {
      code: 'not-allowed',
    })
  const [dashboard, shows] = await Promise.all([
    pageClient(fetch).getDashboard({ params: { slug: params.slug } }),
    pageClient(fetch).listShows({ params: { slug: params.slug } }),
  ])
  return { dashboard, shows }
}
