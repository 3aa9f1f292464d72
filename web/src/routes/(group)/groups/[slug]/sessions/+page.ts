import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => {
  const api = pageClient(fetch)
  const ofGroup = { params: { slug: params.slug } }
  const [listed, series] = await Promise.all([api.listSessions(ofGroup), api.listSeries(ofGroup)])
  return { ...listed, series }
}
