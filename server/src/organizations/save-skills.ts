import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { organizationSkills } from '#db/schema.ts'
import type { OrganizationSkill } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import { isOneOfTheTen, problemOfSkills, skillList } from '#shared/skill-list.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin, Colleague } from './guards.ts'
import { lockAsAdmin } from './lock-organization.ts'

/** Admins see what is hidden too. */
export async function listSkills(
  house: House,
  { organization, role }: Colleague,
): Promise<OrganizationSkill[]> {
  const list = await readSkills(house.db, organization.id)
  return role === 'admin' ? list : list.filter(({ hidden }) => !hidden)
}

/** The skills of an organization in its order, hidden ones included. */
export async function readSkills(reader: Reader, organizationId: string): Promise<OrganizationSkill[]> {
  const kept = await reader
    .select({
      skill: organizationSkills.skill,
      name: organizationSkills.name,
      hidden: organizationSkills.hidden,
    })
    .from(organizationSkills)
    .where(eq(organizationSkills.organizationId, organizationId))
    .orderBy(asc(organizationSkills.position))
  return skillList(kept)
}

/**
 * Keeps the list as it is given, in its order. What somebody has rated or planned with a skill stays under its id:
 * one of the ten can be hidden, and one that the organization added can go.
 */
export async function saveSkills(
  house: House,
  admin: Admin,
  given: OrganizationSkill[],
): Promise<OrganizationSkill[]> {
  const list = given.map((one) => ({ ...one, name: one.name.trim() }))
  const problem = problemOfSkills(list)
  if (problem) throw new Refusal('invalid', problem, 'skills')
  return house.db.transaction(async (tx) => {
    const { id: organizationId } = await lockAsAdmin(tx, admin)
    const before = await readSkills(tx, organizationId)
    if (JSON.stringify(before) === JSON.stringify(list)) return list
    await tx.delete(organizationSkills).where(eq(organizationSkills.organizationId, organizationId))
    await tx
      .insert(organizationSkills)
      .values(list.map((one, position) => ({ organizationId, position, ...one })))
    await keepAudit(house, tx, {
      action: 'organization-changed',
      organizationId,
      actorId: admin.account.id,
      detail: {
        setting: 'skills',
        shown: list.filter(({ hidden }) => !hidden).length,
        own: list.filter(({ skill }) => !isOneOfTheTen(skill)).length,
      },
    })
    return list
  })
}
