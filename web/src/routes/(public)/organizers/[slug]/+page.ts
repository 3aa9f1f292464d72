import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => ({
  organizer: await pageClient(fetch).readOrganizerPage({ params }),
  slug: params.slug,
})
