import { and, eq, exists, inArray, isNotNull, isNull, lt, lte, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  accounts,
  announcements,
  answers,
  blocks,
  codeGuests,
  feedbackReports,
  feedbackRounds,
  feedbackSlips,
  groups,
  posts,
  queuedQuestions,
  retentionChanges,
  sessions,
  tableReports,
  threads,
  topics,
  transcriptChanges,
  wrapUps,
} from '#db/schema.ts'
import { keptSince } from '#shared/retention.ts'
import { dropSealed } from '../answers/sealed-answers.ts'
import type { House } from '../house.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { noteGone } from '../marks/note-gone.ts'
import { tellRooms, type Told } from '../rooms/change-room.ts'
import { forgetAbout } from '../threads/forget-about.ts'
import { forgetParts } from '../threads/forget-parts.ts'
import { takeOutOfPlans, tellPlans } from '../threads/take-out-of-plans.ts'

/** What is older than a group wants to keep is deleted. Counts stay, and commitments stay with who made them. */
export async function forgetOldWords(house: House): Promise<void> {
  await startShorterTimes(house)
  const keeping = await house.db
    .select({ id: groups.id, months: groups.retentionMonths })
    .from(groups)
    .where(isNotNull(groups.retentionMonths))
  for (const { id, months } of keeping) {
    if (months === null) continue
    const { told, plans } = await house.db.transaction((tx) =>
      forgetIn(house, tx, id, keptSince(months, house.now())),
    )
    for (const { roomId, number } of told) house.rooms.announce(roomId, number)
    await tellPlans(house, plans)
  }
}

/** What was announced a week ago holds from now on. */
function startShorterTimes(house: House): Promise<void> {
  return house.db.transaction(async (tx) => {
    const due = await tx
      .delete(retentionChanges)
      .where(lte(retentionChanges.startsAt, house.now()))
      .returning()
    for (const { groupId, months } of due)
      await tx.update(groups).set({ retentionMonths: months }).where(eq(groups.id, groupId))
  })
}

/** `plans`: the sessions whose plan held the words. */
type Forgotten = { told: Told[]; plans: string[] }

async function forgetIn(house: House, tx: Transaction, groupId: string, since: Date): Promise<Forgotten> {
  const forgotten = await forgetPosts(house, tx, groupId, since)
  await forgetSessions(house, tx, groupId, since)
  await tx
    .delete(queuedQuestions)
    .where(and(eq(queuedQuestions.groupId, groupId), lt(queuedQuestions.askedAt, since)))
  await tx
    .update(feedbackRounds)
    .set({ intro: '' })
    .where(
      and(
        eq(feedbackRounds.groupId, groupId),
        ne(feedbackRounds.kind, 'ask'),
        lt(feedbackRounds.endedAt, since),
      ),
    )
  // What was never sent; what was sent is its reader's.
  await tx.delete(feedbackSlips).where(
    and(
      isNull(feedbackSlips.sentAt),
      inArray(
        feedbackSlips.roundId,
        tx
          .select({ id: feedbackRounds.id })
          .from(feedbackRounds)
          .where(and(eq(feedbackRounds.groupId, groupId), lt(feedbackRounds.endedAt, since))),
      ),
    ),
  )
  await tx.delete(feedbackReports).where(
    and(
      isNull(feedbackReports.subjectId),
      inArray(
        feedbackReports.roundId,
        tx
          .select({ id: feedbackRounds.id })
          .from(feedbackRounds)
          .where(and(eq(feedbackRounds.groupId, groupId), lt(feedbackRounds.endedAt, since))),
      ),
    ),
  )
  // The transcript stays as it is: the words of a show are not the group's.
  await tx
    .delete(transcriptChanges)
    .where(and(eq(transcriptChanges.groupId, groupId), lt(transcriptChanges.at, since)))
  await tx
    .delete(announcements)
    .where(and(eq(announcements.groupId, groupId), lt(announcements.announcedAt, since)))
  return forgotten
}

/** Threads keep their numbering; their pages load anew. */
async function forgetPosts(house: House, tx: Transaction, groupId: string, since: Date): Promise<Forgotten> {
  const old = and(eq(posts.groupId, groupId), lt(posts.postedAt, since), isNull(posts.forgottenAt))
  const logs = await tx
    .selectDistinct({ id: threads.roomId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(old)
  // Rooms first, as whoever writes there does.
  const told = await tellRooms(
    house,
    tx,
    logs.map(({ id }) => id),
    { type: 'episode-changed' },
  )
  const now = house.now()
  await forgetParts(tx, old)
  await tx
    .update(posts)
    .set({
      body: '',
      hideReason: null,
      withdrawnAt: sql`coalesce(${posts.withdrawnAt}, ${now.toISOString()})`,
      forgottenAt: now,
    })
    .where(old)
  await noteGone(tx, sql`${posts.groupId} = ${groupId} and ${posts.forgottenAt} = ${now.toISOString()}`)
  await indexPosts(tx, and(eq(posts.groupId, groupId), lt(posts.postedAt, since)))
  // A heading is as old as the first post.
  const first = and(eq(posts.threadId, threads.id), eq(posts.number, 1), isNotNull(posts.forgottenAt))
  await forgetAbout(
    tx,
    and(eq(threads.groupId, groupId), exists(tx.select({ id: posts.id }).from(posts).where(first))),
  )
  const plans = await takeOutOfPlans(tx, and(eq(posts.groupId, groupId), isNotNull(posts.forgottenAt)))
  return { told, plans }
}

/** What was written there and for whoever ran it. Who was there and who spoke how often are counts, and stay. */
async function forgetSessions(house: House, tx: Transaction, groupId: string, since: Date): Promise<void> {
  const old = await tx
    .update(sessions)
    .set({ forgottenAt: house.now() })
    .where(
      and(
        eq(sessions.groupId, groupId),
        inArray(sessions.status, ['wrapped-up', 'cancelled']),
        lt(sessions.endsAt, since),
        isNull(sessions.forgottenAt),
      ),
    )
    .returning({ id: sessions.id })
  if (old.length === 0) return
  const ids = old.map(({ id }) => id)
  await dropSealed(tx, ids)
  await tx.delete(wrapUps).where(inArray(wrapUps.sessionId, ids))
  await tx.delete(topics).where(inArray(topics.sessionId, ids))
  const plan = inArray(blocks.sessionId, ids)
  await tx
    .update(answers)
    .set({ body: '' })
    .where(inArray(answers.blockId, tx.select({ id: blocks.id }).from(blocks).where(plan)))
  await tx
    .delete(tableReports)
    .where(inArray(tableReports.blockId, tx.select({ id: blocks.id }).from(blocks).where(plan)))
  await tx.update(blocks).set({ notes: '' }).where(plan)
  // Guests by code left a name and what they said. That they were there is a count.
  await tx
    .update(accounts)
    .set({ name: 'A guest' })
    .where(
      inArray(
        accounts.id,
        tx
          .select({ id: codeGuests.accountId })
          .from(codeGuests)
          .where(and(inArray(codeGuests.sessionId, ids), eq(codeGuests.seatOnly, true))),
      ),
    )
}
