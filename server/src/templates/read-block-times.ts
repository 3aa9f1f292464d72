import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { blocks, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import { bodyOf, timesOf } from '#shared/template-blocks.ts'
import type { BlockTimes, templateCalls, TemplateBody } from '#shared/templates.ts'
import type { Facilitator } from '../groups/guards.ts'
import { findGroupTemplate } from '../guide/group-template.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import { readDurations } from '../sessions/read-durations.ts'

/** More than five, because a block may have been skipped in some. */
const SESSIONS = 20
/** Shorter is a block that somebody went past. */
const SHORTEST = 20

type Which = Input<typeof templateCalls.readBlockTimes>['query']

/** How long the blocks of a template took at the last sessions of the group that were made of it. */
export async function readBlockTimes(
  house: House,
  { group }: Facilitator,
  which: Which,
): Promise<BlockTimes[]> {
  const body = await bodyOfTemplate(house, group.id, which)
  const made = await house.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, group.id),
        eq(sessions.status, 'wrapped-up'),
        eq(sessions.overDays, false),
        which.groupTemplateId === undefined
          ? eq(sessions.templateId, which.templateId ?? '')
          : eq(sessions.groupTemplateId, which.groupTemplateId),
      ),
    )
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS)
  const ids = made.map(({ id }) => id)
  const rows =
    ids.length === 0
      ? []
      : await house.db
          .select()
          .from(blocks)
          .where(and(inArray(blocks.sessionId, ids), isNotNull(blocks.startedAt)))
          .orderBy(asc(blocks.position))
  const took = (await Promise.all(ids.map((id) => readDurations(house.db, id)))).flat()
  const held = ids.map((id) =>
    rows.flatMap((block) => {
      const seconds = took.find(({ blockId }) => blockId === block.id)?.seconds ?? null
      if (block.sessionId !== id || seconds === null || seconds < SHORTEST) return []
      return [{ ...block, key: block.templateKey ?? undefined, took: seconds / 60 }]
    }),
  )
  return timesOf(body.blocks, held)
}

async function bodyOfTemplate(
  house: House,
  groupId: string,
  { templateId, groupTemplateId }: Which,
): Promise<TemplateBody> {
  if (groupTemplateId !== undefined) {
    const found = await findGroupTemplate(house.db, groupId, groupTemplateId)
    if (found) return found.body
  } else {
    const template = findTemplate(templateId ?? '')
    if (template) return bodyOf(template)
  }
  throw new Refusal('not-found', 'There is no such template, neither in the guide nor in this group.')
}
