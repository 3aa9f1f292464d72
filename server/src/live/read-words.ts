import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { answers, blocks, commitments } from '#db/schema.ts'
import { openOptions } from '#shared/guide.ts'
import type { LiveCommitment, RevealedAnswer, SessionView } from '#shared/live.ts'
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
    .where(
      and(
        eq(blocks.sessionId, sessionId),
        inArray(blocks.id, blockIds),
        isNotNull(blocks.revealedAt),
        sql`btrim(${answers.body}, E' \\n\\r\\t') <> ''`,
      ),
    )
    .orderBy(asc(answers.writtenAt), asc(answers.id))
  for (const { blockId, ...answer } of rows) words.set(blockId, [...(words.get(blockId) ?? []), answer])
  return words
}

/** The commitments of a session, oldest first, by id. */
export async function readCommitments(
  reader: Reader,
  sessionId: string,
): Promise<Map<string, LiveCommitment>> {
  const rows = await reader
    .select()
    .from(commitments)
    .where(eq(commitments.sessionId, sessionId))
    .orderBy(asc(commitments.madeAt), asc(commitments.id))
  return new Map(
    rows.map(({ id, accountId, cue, action, due, madeAt }) => [
      id,
      { id, accountId, cue, action, due, madeAt: madeAt.toISOString() },
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
})

export const toPlanned = ({ id, kind, title, minutes, prompt, options }: BlockRow) => ({
  id,
  kind,
  title,
  minutes,
  prompt,
  // The card of a role is for who holds it.
  options: openOptions(options),
})
