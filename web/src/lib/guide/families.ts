import type { TemplateSummary } from '#shared/guide.ts'
import { SKILLS } from '#shared/words.ts'

export type Family = { name: string; templates: TemplateSummary[] }

const FOR_EVERY_GROUP = 'For every group'
const NAMES = [FOR_EVERY_GROUP, ...new Set(Object.values(SKILLS).map(({ family }) => family))]

/** Templates by the family of the skill that each trains first; empty families are left out. */
export function byFamily(templates: readonly TemplateSummary[]): Family[] {
  return NAMES.map((name) => ({
    name,
    templates: templates.filter(({ skills: [first] }) => (first ? SKILLS[first].family : NAMES[0]) === name),
  })).filter(({ templates }) => templates.length > 0)
}
