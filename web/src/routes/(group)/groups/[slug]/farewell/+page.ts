import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => ({
  farewell: await pageClient(fetch).readFarewell({ params }),
})
