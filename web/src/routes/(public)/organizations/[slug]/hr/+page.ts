import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  // Whoever is not signed in is asked to first (the layout above).
  await parent()
  return { hr: await pageClient(fetch).readHr({ params }) }
}
