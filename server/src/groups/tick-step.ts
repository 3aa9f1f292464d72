import { and, eq } from 'drizzle-orm'
import { checklistTicks } from '#db/schema.ts'
import type { LaunchStep } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import { readGuide } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { Facilitator } from './guards.ts'

/** The steps of the guide that are for this kind of group, with its ticks. */
export async function listLaunchSteps(house: House, { group }: Facilitator): Promise<LaunchStep[]> {
  const ticks = await house.db.select().from(checklistTicks).where(eq(checklistTicks.groupId, group.id))
  const ticked = new Set(ticks.map(({ item }) => item))
  return readGuide()
    .checklist.filter(({ kinds }) => kinds.length === 0 || kinds.includes(group.kind))
    .map(({ id, title, why, when }) => ({ id, title, why, when, ticked: ticked.has(id) }))
}

export async function tickStep(house: House, { group }: Facilitator, item: string): Promise<object> {
  if (!readGuide().checklist.some(({ id }) => id === item)) throw new Refusal('not-found')
  await house.db
    .insert(checklistTicks)
    .values({ groupId: group.id, item, tickedAt: house.now() })
    .onConflictDoNothing()
  return {}
}

export async function untickStep(house: House, { group }: Facilitator, item: string): Promise<object> {
  await house.db
    .delete(checklistTicks)
    .where(and(eq(checklistTicks.groupId, group.id), eq(checklistTicks.item, item)))
  return {}
}
