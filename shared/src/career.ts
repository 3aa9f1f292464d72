import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { SkillRef } from './organizations.ts'

export const LONGEST_GOAL = 500
/** Goals of one account; more than that is no plan. */
export const MOST_GOALS = 200
export const GOAL_STATUSES = ['open', 'done', 'let-go'] as const
export type GoalStatus = (typeof GOAL_STATUSES)[number]

const Id = Type.String({ format: 'uuid' })
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String({ maxLength: LONGEST_GOAL, pattern: '^[^\\u0000]*$' })

/** The writer picks the id, so a retry is never a second one. */
export const GoalDraft = Type.Object({
  id: Id,
  words: Type.String({
    minLength: 1,
    maxLength: LONGEST_GOAL,
    pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
  }),
  /** One of the skills that I can choose (`listMySkills`). */
  skill: Nullable(SkillRef),
  /** How it would show. */
  measure: Text,
  /** A day such as 2026-12-01. */
  due: Nullable(Type.String({ format: 'date' })),
  status: Type.Enum([...GOAL_STATUSES]),
  /** The report that it came out of. */
  reportId: Nullable(Id),
})
export type GoalDraft = Static<typeof GoalDraft>

export const Goal = Type.Object({ ...GoalDraft.properties, setAt: Type.String({ format: 'date-time' }) })
export type Goal = Static<typeof Goal>

export const careerCalls = define({
  listMyGoals: {
    method: 'GET',
    path: '/api/me/goals',
    response: Type.Array(Goal),
    summary: 'My goals: the open ones by their day, then those that are over',
  },
  saveGoal: {
    method: 'PUT',
    path: '/api/me/goals',
    body: GoalDraft,
    response: Goal,
    summary: 'Set a goal, change it, or say what became of it',
  },
  dropGoal: {
    method: 'DELETE',
    path: '/api/me/goals/:id',
    params: Type.Object({ id: Id }),
    response: Type.Object({}),
    summary: 'Take a goal out for good',
  },
})
