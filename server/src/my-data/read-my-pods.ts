import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  ballots,
  blocks,
  feedbackRounds,
  feedbackSlips,
  goRoundSeats,
  groups,
  pods,
  podSeats,
  sessions,
} from '#db/schema.ts'
import { sumOf } from '#shared/live/ballot.ts'
import { wordsOfSlip } from '../feedback/slips.ts'
import type { House } from '../house.ts'
import { orNull } from './or-null.ts'

/** Where I worked in a pair or a three or spoke in turn, without whom with; and what I wrote to others in live rounds of feedback. */
export async function readMyPods(house: House, tx: Transaction, accountId: string) {
  const together = await tx
    .select({
      group: groups.name,
      session: sessions.title,
      startsAt: sessions.startsAt,
      block: blocks.title,
    })
    .from(podSeats)
    .innerJoin(pods, eq(pods.id, podSeats.podId))
    .innerJoin(blocks, eq(blocks.id, pods.blockId))
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(podSeats.accountId, accountId))
    .orderBy(asc(sessions.startsAt), asc(blocks.position), asc(pods.round))
  const turns = await tx
    .select({
      group: groups.name,
      session: sessions.title,
      startsAt: sessions.startsAt,
      block: blocks.title,
      seat: goRoundSeats,
    })
    .from(goRoundSeats)
    .innerJoin(blocks, eq(blocks.id, goRoundSeats.blockId))
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(goRoundSeats.accountId, accountId))
    .orderBy(asc(sessions.startsAt), asc(blocks.position))
  const votes = await tx
    .select({
      group: groups.name,
      session: sessions.title,
      startsAt: sessions.startsAt,
      block: blocks.title,
      ballot: ballots,
    })
    .from(ballots)
    .innerJoin(blocks, eq(blocks.id, ballots.blockId))
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(ballots.accountId, accountId))
    .orderBy(asc(sessions.startsAt), asc(blocks.position))
  const slips = await tx
    .select({ slip: feedbackSlips, round: feedbackRounds.title })
    .from(feedbackSlips)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackSlips.roundId))
    .where(eq(feedbackSlips.writerId, accountId))
    .orderBy(asc(feedbackSlips.writtenAt))
  return {
    pods: together.map(({ startsAt, ...one }) => ({ ...one, startsAt: startsAt.toISOString() })),
    votes: votes.map(({ startsAt, ballot: { dots, step, done }, ...one }) => ({
      ...one,
      startsAt: startsAt.toISOString(),
      dots: sumOf(dots),
      step,
      done: done !== null,
    })),
    goRounds: turns.map(({ startsAt, seat: { turnId, aside, began }, ...one }) => ({
      ...one,
      startsAt: startsAt.toISOString(),
      spoke: turnId !== null,
      passed: aside === 'passed',
      began,
    })),
    feedbackSlips: slips.map(({ slip, round }) => ({
      round,
      ...wordsOfSlip(house, slip),
      writtenAt: slip.writtenAt.toISOString(),
      sentAt: orNull(slip.sentAt),
      openedAt: orNull(slip.openedAt),
    })),
  }
}
