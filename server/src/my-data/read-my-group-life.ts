import { and, asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/connect.ts'
import {
  agreementAcceptances,
  agreementWordings,
  announcementMutes,
  announcements,
  groups,
  placements,
  takeOvers,
} from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What I announced, agreed to, asked for and was offered in my groups. */
export async function readMyGroupLife(tx: Transaction, accountId: string) {
  const group = groups.name
  const announced = await tx
    .select({ group, row: announcements })
    .from(announcements)
    .innerJoin(groups, eq(groups.id, announcements.groupId))
    .where(eq(announcements.accountId, accountId))
    .orderBy(asc(announcements.announcedAt))
  const muted = await tx
    .select({ group, mutedAt: announcementMutes.mutedAt })
    .from(announcementMutes)
    .innerJoin(groups, eq(groups.id, announcementMutes.groupId))
    .where(eq(announcementMutes.accountId, accountId))
    .orderBy(asc(announcementMutes.mutedAt))
  const agreed = await tx
    .select({ group, row: agreementAcceptances, words: agreementWordings.words })
    .from(agreementAcceptances)
    .innerJoin(
      agreementWordings,
      and(
        eq(agreementWordings.groupId, agreementAcceptances.groupId),
        eq(agreementWordings.version, agreementAcceptances.version),
      ),
    )
    .innerJoin(groups, eq(groups.id, agreementAcceptances.groupId))
    .where(eq(agreementAcceptances.accountId, accountId))
    .orderBy(asc(agreementAcceptances.acceptedAt))
  const asked = await tx
    .select({ group, row: takeOvers })
    .from(takeOvers)
    .innerJoin(groups, eq(groups.id, takeOvers.groupId))
    .where(eq(takeOvers.askedBy, accountId))
    .orderBy(asc(takeOvers.askedAt))
  const from = alias(groups, 'from_group')
  const offered = await tx
    .select({ group: from.name, newGroup: group, row: placements })
    .from(placements)
    .innerJoin(groups, eq(groups.id, placements.groupId))
    .innerJoin(from, eq(from.id, placements.fromGroupId))
    .where(eq(placements.accountId, accountId))
    .orderBy(asc(placements.offeredAt))
  return {
    announcements: announced.map(({ group, row }) => ({
      group,
      title: row.title,
      words: row.body,
      announcedAt: row.announcedAt.toISOString(),
      editedAt: orNull(row.editedAt),
      withdrawnAt: orNull(row.withdrawnAt),
    })),
    announcementsMuted: muted.map(({ group, mutedAt }) => ({ group, mutedAt: mutedAt.toISOString() })),
    agreementsAccepted: agreed.map(({ group, words, row }) => ({
      group,
      version: row.version,
      words,
      acceptedAt: row.acceptedAt.toISOString(),
    })),
    takeOversAsked: asked.map(({ group, row }) => ({
      group,
      reason: row.reason,
      state: row.state,
      askedAt: row.askedAt.toISOString(),
      decidedAt: orNull(row.decidedAt),
    })),
    placesOffered: offered.map(({ group, newGroup, row }) => ({
      group,
      newGroup,
      role: row.role,
      state: row.state,
      offeredAt: row.offeredAt.toISOString(),
      answeredAt: orNull(row.answeredAt),
    })),
  }
}
