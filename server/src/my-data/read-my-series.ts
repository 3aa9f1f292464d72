import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, mutedReminders, registrations, series } from '#db/schema.ts'

/** The series that I come to all of, those that I planned, and which reminders I don't want. */
export async function readMySeries(tx: Transaction, accountId: string) {
  const registered = await tx
    .select({ group: groups.name, series: series.title, registeredAt: registrations.registeredAt })
    .from(registrations)
    .innerJoin(series, eq(series.id, registrations.seriesId))
    .innerJoin(groups, eq(groups.id, registrations.groupId))
    .where(eq(registrations.accountId, accountId))
    .orderBy(asc(registrations.registeredAt))
  const seriesPlanned = await tx
    .select({
      group: groups.name,
      series: series.title,
      rule: series.rule,
      zone: series.zone,
      startsLocal: series.startsLocal,
    })
    .from(series)
    .innerJoin(groups, eq(groups.id, series.groupId))
    .where(eq(series.facilitatorId, accountId))
    .orderBy(asc(series.createdAt))
  const remindersMuted = await tx
    .select({ kind: mutedReminders.kind })
    .from(mutedReminders)
    .where(eq(mutedReminders.accountId, accountId))
    .orderBy(asc(mutedReminders.kind))
  return {
    registrations: registered.map((one) => ({ ...one, registeredAt: one.registeredAt.toISOString() })),
    seriesPlanned,
    remindersMuted,
  }
}
