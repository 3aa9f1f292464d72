import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { topics, wrapUps } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { isCorrectable, type WrapUp, type WrapUpCorrection } from '#shared/wrap-ups.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { lockSession } from '../sessions/change-session.ts'
import type { Chair } from '../sessions/guards.ts'
import { readTopics } from '../topics/read-topics.ts'
import { getWrapUp, requireOver, type Over } from './read-wrap-up.ts'

/** Whoever runs the session puts its wrap-up right, for a day; everybody who looks at it then sees that at once. */
export async function correctWrapUp(
  house: House,
  chair: Chair,
  correction: WrapUpCorrection,
): Promise<WrapUp> {
  await changeRoom(house, chair.session.id, async (tx, tell) => {
    const session = requireOver(await lockSession(tx, chair.session.id))
    requireCorrectable(session, house.now())
    await requireSeen(tx, session, correction)
    const renamed = await renameTopics(tx, session, correction)
    await keep(tx, session, chair.member.account.id, correction, house.now())
    if (renamed.length > 0) tell({ type: 'topics-changed', topicIds: renamed })
  })
  return getWrapUp(house, chair)
}

export function requireCorrectable({ wrappedUpAt, forgottenAt }: Over, now: Date): void {
  if (!isCorrectable(wrappedUpAt, now) || forgottenAt)
    throw new Refusal(
      'conflict',
      'A wrap-up is put right within a day of the close. This one is fixed now; say the rest in a thread.',
    )
}

/** Two who correct at once don't write over each other. A retry is based on the one before it, and says the same. */
async function requireSeen(
  tx: Transaction,
  { id }: Over,
  { basedOn, note, unparked, alsoParked }: WrapUpCorrection,
): Promise<void> {
  const [before] = await tx.select().from(wrapUps).where(eq(wrapUps.sessionId, id))
  if ((before?.revision ?? 0) === basedOn) return
  const isRetry =
    before?.revision === basedOn + 1 &&
    before.note === note.trim() &&
    JSON.stringify([before.unparked, before.alsoParked]) === JSON.stringify([unparked, trimmed(alsoParked)])
  if (!isRetry)
    throw new Refusal(
      'conflict',
      'Somebody else corrected it in the meantime. Copy what you wrote, reload the page, and put yours in again.',
    )
}

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim())

async function renameTopics(tx: Transaction, { id }: Over, correction: WrapUpCorrection): Promise<string[]> {
  const known = await readTopics(tx, id)
  const isKnown = (topicId: string) => known.some((topic) => topic.id === topicId)
  if (!correction.topics.every((topic) => isKnown(topic.id)) || !correction.unparked.every(isKnown))
    throw new Refusal('not-found', 'One of these topics is not there any more. Reload the page.')
  const renamed = correction.topics.filter(
    ({ id: topicId, title }) => known.find((topic) => topic.id === topicId)?.title !== title.trim(),
  )
  for (const { id: topicId, title } of renamed)
    await tx
      .update(topics)
      .set({ title: title.trim() })
      .where(and(eq(topics.sessionId, id), eq(topics.id, topicId)))
  return renamed.map((topic) => topic.id)
}

/** A note is its writer's, whoever corrects the rest. */
async function keep(
  tx: Transaction,
  { id: sessionId, groupId }: Over,
  accountId: string,
  { basedOn, unparked, ...correction }: WrapUpCorrection,
  now: Date,
): Promise<void> {
  const note = correction.note.trim()
  const alsoParked = trimmed(correction.alsoParked)
  const row = { note, unparked, alsoParked, revision: basedOn + 1, correctedAt: now }
  const [before] = await tx.select().from(wrapUps).where(eq(wrapUps.sessionId, sessionId))
  const wrote = before?.note !== note || JSON.stringify(before.alsoParked) !== JSON.stringify(alsoParked)
  await tx
    .insert(wrapUps)
    .values({ groupId, sessionId, accountId, ...row })
    .onConflictDoUpdate({ target: wrapUps.sessionId, set: { ...row, ...(wrote ? { accountId } : {}) } })
}
