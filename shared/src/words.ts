/** Lists of words that the database, the server and the web all spell the same way. */

export const BLOCK_KINDS = [
  'welcome',
  'check-in',
  'listen',
  'write',
  'discuss',
  'vote',
  'pairs',
  'practice',
  'commit',
  'close',
  'break',
] as const

/** Ten skills in three families; the default that an organization may later rename. */
export const SKILLS = {
  'career-plan': { family: 'Career', name: 'Career plan' },
  'working-effectively': { family: 'Career', name: 'Working effectively' },
  interviewing: { family: 'Career', name: 'Interviewing' },
  leadership: { family: 'Leadership and management', name: 'Leadership' },
  'managing-people': { family: 'Leadership and management', name: 'Managing people' },
  'managing-process': { family: 'Leadership and management', name: 'Managing process' },
  communication: { family: 'Interpersonal dynamics', name: 'Communication' },
  networking: { family: 'Interpersonal dynamics', name: 'Networking' },
  negotiation: { family: 'Interpersonal dynamics', name: 'Negotiation' },
  ethics: { family: 'Interpersonal dynamics', name: 'Ethics' },
} as const

export type SkillId = keyof typeof SKILLS

/** What a session is announced by again, unless somebody muted it. */
export const REMINDERS = ['week', 'day', 'hour'] as const
export type Reminder = (typeof REMINDERS)[number]

/** What one can say about a post with one press, in the order in which it is offered. */
export const REACTIONS = ['me-too', 'tried-it', 'thanks'] as const
export type ReactionKind = (typeof REACTIONS)[number]
