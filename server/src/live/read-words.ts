import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  answers,
  blocks,
  commitments,
  groups,
  organizationSkills,
  takenOutAnswers,
  witnesses,
} from '#db/schema.ts'
import { openOptions } from '#shared/guide.ts'
import type { LiveCommitment, RevealedAnswer, SessionView } from '#shared/live.ts'
import { toSkill } from '../commitments/read-commitments.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { BlockRow } from './go-to-block.ts'

/** The words of answers, by block: of revealed blocks only, whoever asks. */
export async function readRevealed(
  reader: Reader,
  sessionId: string,
  blockIds: string[],
): Promise<Map<string, RevealedAnswer[]>> {
  const words = new Map<string, RevealedAnswer[]>()
  if (blockIds.length === 0) return words
  const rows = await reader
    .select({ id: answers.id, blockId: answers.blockId, accountId: answers.accountId, body: answers.body })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .leftJoin(takenOutAnswers, eq(takenOutAnswers.answerId, answers.id))
    .where(
      and(
        eq(blocks.sessionId, sessionId),
        inArray(blocks.id, blockIds),
        isNotNull(blocks.revealedAt),
        isNull(takenOutAnswers.answerId),
        sql`btrim(${answers.body}, E' \\n\\r\\t') <> ''`,
      ),
    )
    .orderBy(asc(answers.writtenAt), asc(answers.id))
  for (const { blockId, ...answer } of rows) words.set(blockId, [...(words.get(blockId) ?? []), answer])
  return words
}

/** The commitments of a session, oldest first, by id. Of a witness only a yes is known to all. */
export async function readCommitments(
  reader: Reader,
  sessionId: string,
): Promise<Map<string, LiveCommitment>> {
  const rows = await reader
    .select({
      commitment: commitments,
      skillName: organizationSkills.name,
      witness: { accountId: accounts.id, name: accounts.name },
    })
    .from(commitments)
    .leftJoin(groups, eq(groups.id, commitments.groupId))
    .leftJoin(
      organizationSkills,
      and(
        eq(organizationSkills.organizationId, groups.organizationId),
        eq(organizationSkills.skill, commitments.skill),
      ),
    )
    .leftJoin(witnesses, and(eq(witnesses.commitmentId, commitments.id), eq(witnesses.state, 'accepted')))
    .leftJoin(accounts, eq(accounts.id, witnesses.accountId))
    .where(eq(commitments.sessionId, sessionId))
    .orderBy(asc(commitments.madeAt), asc(commitments.id))
  return new Map(
    rows.map(({ commitment: { id, accountId, cue, action, due, madeAt, skill }, skillName, witness }) => [
      id,
      {
        ...{ id, accountId, cue, action, due },
        madeAt: madeAt.toISOString(),
        skill: toSkill(skill, skillName),
        witness,
      },
    ]),
  )
}

export const toMeeting = (session: SessionRow): SessionView['session'] => ({
  id: session.id,
  title: session.title,
  status: session.status,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  openedAt: session.openedAt?.toISOString() ?? null,
  wrappedUpAt: session.wrappedUpAt?.toISOString() ?? null,
  facilitatorId: session.facilitatorId,
  ...(session.overDays ? { overDays: true as const } : {}),
})

export const toPlanned = ({ id, kind, title, minutes, prompt, options, skipped }: BlockRow) => ({
  id,
  kind,
  title,
  minutes,
  prompt,
  // The card of a role is for who holds it.
  options: openOptions(options),
  skipped,
})
