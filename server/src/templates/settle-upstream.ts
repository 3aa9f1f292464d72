import { eq } from 'drizzle-orm'
import { templates } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_BLOCKS } from '#shared/sessions.ts'
import { differenceToSource, takeOver } from '#shared/template-difference.ts'
import type { templateCalls, Upstream } from '#shared/templates.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { markOf } from './body-words.ts'
import type { TemplateKeeper } from './guards.ts'
import { findTheirs, readUpstream } from './read-upstream.ts'
import { lockTemplate, readBody, saveVersion } from './save-version.ts'

type Decided = Input<typeof templateCalls.settleUpstream>['body']

/**
 * Takes changes of the source over as the next version, and leaves others. What was decided on is not asked again: the
 * base moves on by it.
 */
export async function settleUpstream(
  house: House,
  keeper: TemplateKeeper,
  { version, basedOn, take, leave }: Decided,
): Promise<Upstream> {
  const { member } = keeper
  requireOpenGroup(member.group)
  const theirs = await findTheirs(house, member, keeper.template)
  if (typeof theirs === 'string') throw new Refusal('conflict', theirs)
  await house.db.transaction(async (tx) => {
    const template = await lockTemplate(tx, keeper.template.id)
    const { base } = template
    if (!base) throw new Refusal('not-found')
    const ours = await readBody(tx, template.id, template.version)
    const asked = new Set(differenceToSource(base, theirs.body, ours).changes.map(({ id }) => id))
    // A retry: all of it was decided already.
    if (![...take, ...leave].some((id) => asked.has(id))) return
    if (markOf(theirs.body) !== version || template.version !== basedOn)
      throw new Refusal(
        'conflict',
        'One of the two was changed since you looked. Look at the difference again, then decide.',
      )
    const taken = take.filter((id) => asked.has(id))
    const next = takeOver(base, theirs.body, ours, taken)
    if (next.blocks.length === 0 || next.blocks.length > MOST_BLOCKS)
      throw new Refusal(
        'invalid',
        `With these the template would have ${next.blocks.length} blocks; it can have 1 to ${MOST_BLOCKS}. Take fewer at once.`,
        'take',
      )
    await saveVersion(house, tx, member, template.id, basedOn, next)
    const settled = takeOver(base, theirs.body, base, [...taken, ...leave.filter((id) => asked.has(id))])
    const done = differenceToSource(settled, theirs.body, next).changes.length === 0
    await tx
      .update(templates)
      .set(done ? { base: theirs.body, sourceVersion: theirs.version } : { base: settled })
      .where(eq(templates.id, template.id))
  })
  return readUpstream(house, keeper)
}
