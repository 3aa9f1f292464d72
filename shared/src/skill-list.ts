import { SKILLS } from './words.ts'

/** What an organization says about a skill: the ten under their own id, others under an id of its own. */
export type SkillEntry = { skill: string; name: string; hidden: boolean }

const TEN = Object.entries(SKILLS).map(([skill, { name }]) => ({ skill, name, hidden: false }))

export const isOneOfTheTen = (skill: string): boolean => Object.hasOwn(SKILLS, skill)

/** The name that a skill of the ten came with; nothing for one that an organization added. */
export const givenName = (skill: string): string | undefined => TEN.find((one) => one.skill === skill)?.name

/** The family of one of the ten; nothing for one that an organization added. */
export const familyOf = (skill: string): string | undefined =>
  Object.entries(SKILLS).find(([id]) => id === skill)?.[1].family

/** The whole list in its order: what was kept, then those of the ten that nobody has placed yet. */
export function skillList(kept: readonly SkillEntry[]): SkillEntry[] {
  const placed = new Set(kept.map(({ skill }) => skill))
  return [...kept, ...TEN.filter(({ skill }) => !placed.has(skill))]
}

/** What is wrong with a list, in a sentence; nothing when it can be kept. */
export function problemOfSkills(list: readonly SkillEntry[]): string | undefined {
  const ids = list.map(({ skill }) => skill)
  if (new Set(ids).size < ids.length)
    return 'A skill stands in the list twice. Reload the page and try again.'
  const missing = TEN.find(({ skill }) => !ids.includes(skill))
  if (missing)
    return `“${missing.name}” is missing. Hide a skill that you do not use instead of leaving it out.`
  if (list.every(({ hidden }) => hidden)) return 'Show at least one skill.'
  const shown = list.filter(({ hidden }) => !hidden).map(({ name }) => name.trim().toLowerCase())
  if (shown.some((name) => name === '')) return 'Give each skill a name, or hide it.'
  const twice = list.find(
    ({ name, hidden }) => !hidden && shown.filter((one) => one === name.trim().toLowerCase()).length > 1,
  )
  return twice && `Two skills are called “${twice.name.trim()}”. Give one another name, or hide it.`
}
