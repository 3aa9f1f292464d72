import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:reports')
  return { reports: await pageClient(fetch).listGroupReports({ params }) }
}
