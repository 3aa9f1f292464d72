import { and, eq, isNull, lte } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, takeOvers } from '#db/schema.ts'
import { isDecidable } from '#shared/take-overs.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { findOpen, readJudges, type TakeOverRow } from './find-take-over.ts'
import { judgeLetter } from './letters.ts'

/** Once the time to object is over, whoever decides hears that it waits for them. */
export async function tellDueJudges(house: House): Promise<void> {
  const due = await house.db
    .select()
    .from(takeOvers)
    .where(
      and(
        eq(takeOvers.state, 'open'),
        isNull(takeOvers.judgesToldAt),
        lte(takeOvers.decidableAt, house.now()),
      ),
    )
  for (const row of due) await house.db.transaction((tx) => tellJudges(house, tx, row))
}

export async function tellJudges(house: House, tx: Transaction, row: TakeOverRow): Promise<void> {
  if (!isDecidable(row, house.now())) return
  const asked = await findOpen(tx, { id: row.id })
  const [group] = await tx.select().from(groups).where(eq(groups.id, row.groupId))
  if (!asked || !group || group.archivedAt !== null) return
  const [first] = await tx
    .update(takeOvers)
    .set({ judgesToldAt: house.now() })
    .where(and(eq(takeOvers.id, row.id), isNull(takeOvers.judgesToldAt)))
    .returning({ id: takeOvers.id })
  if (!first) return
  for (const judge of await readJudges(tx, group, row.askedBy))
    await sendMail(house, tx, judgeLetter(house, group, judge, asked.name))
}
