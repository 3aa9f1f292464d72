import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import { feedbackReports, goals } from '#db/schema.ts'
import { MOST_GOALS, type Goal, type GoalDraft } from '#shared/career.ts'
import { Refusal } from '#shared/refusals.ts'
import { SKILLS, type SkillId } from '#shared/words.ts'
import type { House } from '../house.ts'
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

export async function saveGoal(house: House, { account }: SignedIn, draft: GoalDraft): Promise<Goal> {
  const { id, status, ...facts } = draft
  await requireMyReport(house, account.id, draft.reportId)
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

const isSkill = (skill: string): skill is SkillId => skill in SKILLS

const show = ({ id, words, skill, measure, due, status, reportId, setAt }: GoalRow): Goal => ({
  id,
  words,
  skill: skill !== null && isSkill(skill) ? skill : null,
  measure,
  due,
  status,
  reportId,
  setAt: setAt.toISOString(),
})
