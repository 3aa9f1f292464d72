import type { MySkill } from '#shared/organizations.ts'
import { skillList } from '#shared/skill-list.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { listMyOrganizations } from './list-my-organizations.ts'
import { readSkills } from './save-skills.ts'

/** The lists of my organizations one after the other, each skill once; at none, the ten. */
export async function listMySkills(house: House, signedIn: SignedIn): Promise<MySkill[]> {
  const mine = await listMyOrganizations(house, signedIn)
  const lists = await Promise.all(mine.map(({ id }) => readSkills(house.db, id)))
  const shown = (mine.length > 0 ? lists.flat() : skillList([])).filter(({ hidden }) => !hidden)
  const once = new Map<string, MySkill>()
  for (const { skill, name } of shown) if (!once.has(skill)) once.set(skill, { skill, name })
  return [...once.values()]
}
