import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import { feedbackReports, goals } from '#db/schema.ts'
import { MOST_GOALS, type Goal, type GoalDraft } from '#shared/career.ts'
import { Refusal } from '#shared/refusals.ts'
import { isOneOfTheTen } from '#shared/skill-list.ts'
import type { House } from '../house.ts'
import { listMySkills } from '../organizations/list-my-skills.ts'
import type { SignedIn } from '../sign-in/guards.ts'

type GoalRow = typeof goals.$inferSelect

/** The open ones by their day, those without one after them; then the others, newest first. */
export async function listMyGoals(house: House, { account }: SignedIn): Promise<Goal[]> {
  const rows = await house.db
    .select()
    .from(goals)
    .where(eq(goals.accountId, account.id))
    .orderBy(
      sql`${goals.status} <> 'open'`,
      sql`case when ${goals.status} = 'open' then ${goals.due} end asc nulls last`,
      desc(goals.setAt),
      asc(goals.id),
    )
  return rows.map(show)
}

export async function saveGoal(house: House, signedIn: SignedIn, draft: GoalDraft): Promise<Goal> {
  const { account } = signedIn
  const { id, status, ...facts } = draft
  await requireMyReport(house, account.id, draft.reportId)
  await requireMySkill(house, signedIn, draft)
  const set = {
    ...facts,
    words: draft.words.trim(),
    measure: draft.measure.trim(),
    status,
    closedAt: status === 'open' ? null : house.now(),
  }
  return house.db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(goals)
      .values({ id, accountId: account.id, ...set, setAt: house.now() })
      .onConflictDoUpdate({ target: goals.id, set, setWhere: eq(goals.accountId, account.id) })
      .returning()
    if (!stored) throw new Refusal('not-found')
    const [found] = await tx.select({ all: count() }).from(goals).where(eq(goals.accountId, account.id))
    if ((found?.all ?? 0) > MOST_GOALS)
      throw new Refusal(
        'conflict',
        `There are ${MOST_GOALS} goals already. Take one out that no longer matters.`,
      )
    return show(stored)
  })
}

export async function dropGoal(house: House, { account }: SignedIn, id: string): Promise<object> {
  await house.db.delete(goals).where(and(eq(goals.id, id), eq(goals.accountId, account.id)))
  return {}
}

/** A goal comes out of a report of one's own. */
async function requireMyReport(house: House, accountId: string, reportId: string | null): Promise<void> {
  if (reportId === null) return
  const [mine] = await house.db
    .select({ id: feedbackReports.id })
    .from(feedbackReports)
    .where(and(eq(feedbackReports.id, reportId), eq(feedbackReports.subjectId, accountId)))
  if (!mine) throw new Refusal('not-found')
}

/** One of the ten, one that my organization added, or what stood there: whoever leaves a company keeps the goal. */
async function requireMySkill(house: House, signedIn: SignedIn, { id, skill }: GoalDraft): Promise<void> {
  if (skill === null || isOneOfTheTen(skill)) return
  if ((await listMySkills(house, signedIn)).some((one) => one.skill === skill)) return
  const [before] = await house.db
    .select({ skill: goals.skill })
    .from(goals)
    .where(and(eq(goals.id, id), eq(goals.accountId, signedIn.account.id)))
  if (before?.skill !== skill) throw new Refusal('invalid', 'Choose a skill of the list, or none.', 'skill')
}

const show = ({ id, words, skill, measure, due, status, reportId, setAt }: GoalRow): Goal => ({
  id,
  words,
  skill,
  measure,
  due,
  status,
  reportId,
  setAt: setAt.toISOString(),
})
