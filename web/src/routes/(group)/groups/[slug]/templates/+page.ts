import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => ({
  templates: await pageClient(fetch).listGroupTemplates({ params: { slug: params.slug } }),
})
