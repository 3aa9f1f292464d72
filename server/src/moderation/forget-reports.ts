import { lt } from 'drizzle-orm'
import { reports } from '#db/schema.ts'
import { REPORT_KEPT_DAYS } from '#shared/moderation.ts'
import type { House } from '../house.ts'

const DAY = 86_400_000

/** What was decided long ago is nobody's business any more; an open report stays. */
export async function forgetReports({ db, now }: House): Promise<void> {
  await db.delete(reports).where(lt(reports.decidedAt, new Date(now().getTime() - REPORT_KEPT_DAYS * DAY)))
}
