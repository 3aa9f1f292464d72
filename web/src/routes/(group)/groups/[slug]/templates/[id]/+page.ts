import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, url, depends }) => {
  depends('shortside:template')
  const api = pageClient(fetch)
  const { group } = await parent()
  const inTemplate = { slug: params.slug, templateId: params.id }
  const version = Number(url.searchParams.get('version'))
  const runs = group.role !== 'member'
  const [template, times, groups] = await Promise.all([
    api.getGroupTemplate({ params: inTemplate, query: version > 0 ? { version } : {} }),
    runs ? api.readBlockTimes({ params: { slug: params.slug }, query: { groupTemplateId: params.id } }) : [],
    runs ? api.listMyGroups() : [],
  ])
  return {
    template,
    times,
    /** Where I may copy it to. */
    others: groups.filter(({ slug, role }) => slug !== params.slug && role !== 'member'),
  }
}
