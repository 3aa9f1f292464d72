import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => ({
  discussion: await pageClient(fetch).getGroupDiscussion({ params: { slug: params.slug }, query: {} }),
})
