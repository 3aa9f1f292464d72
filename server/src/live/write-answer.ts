import { and, eq } from 'drizzle-orm'
import { answers, blocks } from '#db/schema.ts'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import { isBlank, notForClosing } from '#shared/live/closing.ts'
import { hasWriting, isAnonymous } from '#shared/live/rules.ts'
import { hasGoRound } from '#shared/live/spoken.ts'
import { Refusal } from '#shared/refusals.ts'
import { countSealed, readMySealed, saveSealed, type MySealed } from '../answers/sealed-answers.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'
import type { BlockRow } from './go-to-block.ts'
import { revealIfAllAreDone } from './reveal-words.ts'
import { writeAtOnce } from './write-at-once.ts'

type AnswerRow = typeof answers.$inferSelect

/**
 * Keeps what somebody writes alone. The room hears who is done, never what was written; where the block is anonymous only
 * how many are. Waits its turn with the reveal, so a text is either in what is revealed or refused.
 */
export async function writeAnswer(house: House, seat: Seat, draft: AnswerDraft): Promise<MyAnswer> {
  const kept = await writeAtOnce(house, seat, draft)
  if (kept) return kept
  return changeLiveSession(house, seat, async (change) => {
    const block = await requireOpenBlock(change, draft.blockId)
    const unfit = notForClosing(block, draft.body)
    if (unfit !== undefined) throw new Refusal('invalid', unfit, 'body')
    if (draft.done && isBlank(block, draft.body))
      throw new Refusal('invalid', 'Write something first, even a single sentence.', 'body')
    return isAnonymous(block)
      ? writeSealed(change, seat, block, draft)
      : writeNamed(change, seat, block, draft)
  })
}

async function writeNamed(
  change: Change,
  seat: Seat,
  block: BlockRow,
  draft: AnswerDraft,
): Promise<MyAnswer> {
  const { tx, tell, session, now } = change
  const accountId = seat.member.account.id
  const [before] = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.blockId, draft.blockId), eq(answers.accountId, accountId)))
  if (before && before.revision >= draft.revision) return toMine(before)
  await arrive(change, seat)

  const done = draft.done ? (before?.done ?? now) : null
  const { body, revision } = draft
  const [kept] = before
    ? await tx
        .update(answers)
        .set({ body, revision, done, writtenAt: now })
        .where(eq(answers.id, before.id))
        .returning()
    : await tx
        .insert(answers)
        .values({ ...draft, groupId: session.groupId, accountId, done, writtenAt: now })
        .onConflictDoNothing()
        .returning()
  // The id is somebody else's: nothing is said about theirs.
  if (!kept) throw new Refusal('conflict', 'This could not be kept. Reload the page and try again.')
  if (Boolean(before?.done) !== draft.done) {
    tell({ type: draft.done ? 'answer-written' : 'answer-unwritten', blockId: draft.blockId, accountId })
  }
  if (draft.done) await revealIfAllAreDone(change, block)
  return toMine(kept)
}

/** Writing without a name is no coming in: whoever was told about it would know who has begun to write. */
async function writeSealed(
  { house, tx, tell, now }: Change,
  { member }: Seat,
  block: BlockRow,
  { id, body, revision, done }: AnswerDraft,
): Promise<MyAnswer> {
  if (body.includes('\0'))
    throw new Refusal('invalid', 'This holds a character that can’t be kept. Remove it and go on.', 'body')
  const accountId = member.account.id
  const [before] = await readMySealed(house, tx, [block.id], accountId)
  if (before && before.revision >= revision) return withoutMoment(before)
  const kept = { id: before?.id ?? id, body, revision, done }
  await saveSealed(house, tx, block, accountId, { ...kept, writtenAt: now })
  if ((before?.done ?? false) !== done) {
    const count = (await countSealed(tx, [block.id])).get(block.id) ?? 0
    tell({ type: 'answers-counted', blockId: block.id, count })
  }
  return { ...kept, blockId: block.id }
}

async function requireOpenBlock({ tx, session }: Change, blockId: string): Promise<BlockRow> {
  const [block] = await tx
    .select()
    .from(blocks)
    .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  if (hasGoRound(block))
    throw new Refusal(
      'conflict',
      'Everybody speaks in turn here, so nothing is written. Say it when it is your turn, or pass.',
    )
  if (!hasWriting(block)) throw new Refusal('conflict', 'Nothing is written in this block.')
  if (block.startedAt === null) throw new Refusal('conflict', 'This block has not begun yet.')
  if (block.revealedAt !== null)
    throw new Refusal('conflict', 'The answers were revealed already, so yours can’t change any more.')
  if (session.overDays && session.currentBlockId !== block.id)
    throw new Refusal('conflict', 'The time of this part is up, so nothing can be written in it any more.')
  return block
}

export const toMine = ({ id, blockId, body, revision, done }: AnswerRow): MyAnswer => ({
  id,
  blockId,
  body,
  revision,
  done: done !== null,
})

export const withoutMoment = ({ writtenAt: _, ...mine }: MySealed): MyAnswer => mine
