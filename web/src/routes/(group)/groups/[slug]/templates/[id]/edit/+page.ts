import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'Facilitators change templates. Ask an organizer for that role.', { code: 'not-allowed' })
  requireOpen(group)
  const template = await pageClient(fetch).getGroupTemplate({
    params: { slug: params.slug, templateId: params.id },
    query: {},
  })
  return { template }
}
