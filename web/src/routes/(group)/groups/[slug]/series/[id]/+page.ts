import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i

/** An address that names another group's series leads nowhere. */
export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:series')
  const { group } = await parent()
  const series = UUID.test(params.id)
    ? await pageClient(fetch).getSeries({ params: { seriesId: params.id } })
    : undefined
  if (series?.groupId !== group.id)
    error(404, 'There is no such series in this group.', { code: 'not-found' })
  return { series }
}
