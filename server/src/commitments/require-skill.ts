import { eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { groups } from '#db/schema.ts'
import type { NamedSkill } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import { skillList } from '#shared/skill-list.ts'
import { readSkills } from '../organizations/save-skills.ts'

/** The skills of a group's organization, as far as it shows them; the ten where there is none. */
export async function readGroupSkills(reader: Reader, groupId: string): Promise<NamedSkill[]> {
  const [group] = await reader
    .select({ organizationId: groups.organizationId })
    .from(groups)
    .where(eq(groups.id, groupId))
  const list = group?.organizationId ? await readSkills(reader, group.organizationId) : skillList([])
  return list.filter(({ hidden }) => !hidden).map(({ skill, name }) => ({ skill, name }))
}

/** @param before what stood there: it may stay when it is not in the list any more */
export async function requireSkill(
  reader: Reader,
  groupId: string,
  skill: string | null,
  before: string | null = null,
): Promise<void> {
  if (skill === null || skill === before) return
  const skills = await readGroupSkills(reader, groupId)
  if (!skills.some((one) => one.skill === skill))
    throw new Refusal('invalid', 'Choose a skill of the list, or none.', 'skill')
}
