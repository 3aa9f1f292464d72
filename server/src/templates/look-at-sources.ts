import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import pLimit from 'p-limit'
import { groups, templates } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Upstream } from '#shared/templates.ts'
import { NotGiven } from '../episodes/fetch-outside.ts'
import type { House } from '../house.ts'
import { askShared, isOurs, readLink, type Given } from './ask-shared.ts'
import type { TemplateKeeper, TemplateRow } from './guards.ts'
import { readUpstream } from './read-upstream.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const LONGEST_WAIT = 30 * DAY
/** However often somebody looks, its server is not asked more often. */
const NOT_BEFORE = 10 * MINUTE
const AT_ONCE = 4
const MOST_A_RUN = 200
/** Taken for so long; a process that dies over one leaves it to the next. */
const TAKEN_FOR = 15 * MINUTE

/** Asks the links that templates were taken from, each once a day, and less often where that fails. */
export function repeatLookingAtSources(house: House): void {
  house.jobs.repeat('look-at-template-sources', '23 * * * *', async () => {
    const due = await house.db
      .select({ template: templates })
      .from(templates)
      .innerJoin(groups, eq(groups.id, templates.groupId))
      .where(
        and(
          lte(templates.nextCheckAt, house.now()),
          eq(templates.sourceKind, 'link'),
          isNull(templates.archivedAt),
          isNull(groups.archivedAt),
          isNull(groups.suspendedAt),
        ),
      )
      .orderBy(asc(templates.nextCheckAt))
      .limit(MOST_A_RUN)
    const takeTurn = pLimit(AT_ONCE)
    await Promise.all(due.map(({ template }) => takeTurn(() => look(house, template))))
  })
}

/** Somebody wants to know now. */
export async function lookUpstream(house: House, keeper: TemplateKeeper): Promise<Upstream> {
  const { template, member } = keeper
  const recent = (template.checkedAt?.getTime() ?? 0) > house.now().getTime() - NOT_BEFORE
  const open = member.group.archivedAt === null && member.group.suspendedAt === null
  if (template.sourceKind === 'link' && !recent && open) await look(house, template)
  return readUpstream(house, keeper)
}

async function look(house: House, template: TemplateRow): Promise<void> {
  const link = readLink(template.sourceAddress ?? '')
  if (isOurs(house, link)) return
  const now = house.now().getTime()
  const [mine] = await house.db
    .update(templates)
    .set({ nextCheckAt: new Date(now + TAKEN_FOR) })
    .where(
      and(
        eq(templates.id, template.id),
        template.nextCheckAt === null
          ? isNull(templates.nextCheckAt)
          : eq(templates.nextCheckAt, template.nextCheckAt),
      ),
    )
    .returning()
  if (!mine) return
  const keep = (row: Partial<typeof templates.$inferInsert>) =>
    house.db
      .update(templates)
      .set({ checkedAt: house.now(), ...row })
      .where(eq(templates.id, template.id))
  let given: Given
  try {
    given = await askShared(house, link, mine.etag)
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    const failures = mine.failures + 1
    const asked = problem instanceof NotGiven ? (problem.retryAfter ?? 0) : 0
    const wait = Math.min(Math.max(DAY * 2 ** Math.min(failures - 1, 5), asked), LONGEST_WAIT)
    await keep({ failures, problem: problem.message, nextCheckAt: new Date(now + wait) })
    return
  }
  await keep({
    ...{ failures: 0, problem: null, nextCheckAt: new Date(now + DAY) },
    ...(given.shared
      ? {
          upstream: given.shared.template,
          upstreamVersion: String(given.shared.number),
          etag: given.etag,
          sourceAuthor: given.shared.author,
          sourceLicence: given.shared.licence,
        }
      : {}),
  })
}
