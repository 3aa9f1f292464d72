import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:upstream')
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'Facilitators decide what is taken over. Ask an organizer for that role.', {
      code: 'not-allowed',
    })
  const api = pageClient(fetch)
  const inTemplate = { slug: params.slug, templateId: params.id }
  const template = await api.getGroupTemplate({ params: inTemplate, query: {} })
  if (!template.source)
    error(404, 'This template was made here, so there is nothing upstream of it.', { code: 'not-found' })
  return { template, upstream: await api.readUpstream({ params: inTemplate }) }
}
