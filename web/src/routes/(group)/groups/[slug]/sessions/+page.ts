import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) =>
  pageClient(fetch).listSessions({ params: { slug: params.slug } })
