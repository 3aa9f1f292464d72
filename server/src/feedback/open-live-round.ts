import { randomUUID } from 'node:crypto'
import type { Transaction } from '#db/connect.ts'
import { feedbackRounds, type blocks, type sessions } from '#db/schema.ts'
import { THRESHOLD } from '#shared/feedback.ts'

type Opening = {
  readonly tx: Transaction
  readonly session: typeof sessions.$inferSelect
  readonly now: Date
}

/**
 * A round that is held live in a block: with names, and said beforehand. What is written reaches its reader at once, so there
 * are neither sheets nor a close. Once for each block.
 */
export async function openLiveRound(
  { tx, session, now }: Opening,
  block: typeof blocks.$inferSelect,
  askedBy: string,
): Promise<void> {
  await tx
    .insert(feedbackRounds)
    .values({
      kind: 'everyone',
      groupId: session.groupId,
      sessionId: session.id,
      blockId: block.id,
      askedBy,
      title: session.title,
      naming: 'attributed',
      threshold: THRESHOLD,
      questions: [
        { id: randomUUID(), kind: 'words', text: 'What others saw you do', hint: '', measure: null },
      ],
      status: 'released',
      openedAt: now,
      closesAt: now,
      endedAt: now,
      createdAt: now,
    })
    .onConflictDoNothing({ target: feedbackRounds.blockId })
}
