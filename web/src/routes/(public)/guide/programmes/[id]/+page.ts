import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => ({
  programme: await pageClient(fetch).getProgramme({ params }),
})
