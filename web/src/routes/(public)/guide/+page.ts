import { pageClient } from '#lib/api.ts'
import type { TemplateFilter } from '#shared/guide.ts'
import { SKILLS, type SkillId } from '#shared/words.ts'
import type { PageLoad } from './$types'

const isSkill = (text: string): text is SkillId => text in SKILLS

export const load: PageLoad = async ({ fetch, url }) => {
  const api = pageClient(fetch)
  const filter = readFilter(url.searchParams)
  const [templates, programmes, checklist] = await Promise.all([
    api.listTemplates({ query: filter }),
    api.listProgrammes(),
    api.launchChecklist(),
  ])
  return { filter, filtered: Object.keys(filter).length > 0, templates, programmes, checklist }
}

/** What somebody wrote into the address by hand and means nothing is taken as not said. */
function readFilter(query: URLSearchParams): TemplateFilter {
  const words = query.get('words')?.trim().slice(0, 200) ?? ''
  const skill = query.get('skill') ?? ''
  const minutes = Number(query.get('minutes'))
  return {
    ...(words ? { words } : {}),
    ...(isSkill(skill) ? { skill } : {}),
    ...(Number.isInteger(minutes) && minutes > 0 && minutes <= 480 ? { minutes } : {}),
  }
}
