import { and, eq } from 'drizzle-orm'
import { blocks, tableReports, tables } from '#db/schema.ts'
import { hasTables } from '#shared/live/plenary.ts'
import type { TableReport } from '#shared/plenary.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { toReport } from '../plenary/read-plenary.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'

/**
 * Keeps what a host tells of their table. The room hears which tables are done, never the sentence. It waits its turn with
 * the reveal, so a sentence is either in what is revealed or refused.
 */
export function writeTableReport(house: House, seat: Seat, draft: TableReport): Promise<TableReport> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, tell, session, now } = change
    const { blockId, body, revision } = draft
    const accountId = seat.member.account.id
    await requireOpen(change, blockId)
    const number = await requireHosted(change, accountId)
    const [before] = await tx
      .select()
      .from(tableReports)
      .where(and(eq(tableReports.blockId, blockId), eq(tableReports.accountId, accountId)))
    if (before && before.revision >= revision) return toReport(before)
    await arrive(change, seat)

    const done = draft.done ? (before?.done ?? now) : null
    const said = { body, revision, done, number, writtenAt: now }
    const [kept] = before
      ? await tx.update(tableReports).set(said).where(eq(tableReports.id, before.id)).returning()
      : await tx
          .insert(tableReports)
          .values({ id: draft.id, blockId, groupId: session.groupId, accountId, ...said })
          .onConflictDoNothing()
          .returning()
    // The id is somebody else's: nothing is said about theirs.
    if (!kept) throw new Refusal('conflict', 'This could not be kept. Reload the page and try again.')
    if (Boolean(before?.done) !== draft.done || (draft.done && before?.number !== number))
      tell({ type: 'plenary-changed', blockId })
    return toReport(kept)
  })
}

async function requireOpen({ tx, session }: Change, blockId: string): Promise<void> {
  const [block] = await tx
    .select()
    .from(blocks)
    .where(and(eq(blocks.id, blockId), eq(blocks.sessionId, session.id)))
  if (!block) throw new Refusal('not-found', 'This block is not in the plan any more.')
  if (!hasTables(block)) throw new Refusal('conflict', 'Tables tell nothing in this block.')
  if (block.startedAt === null) throw new Refusal('conflict', 'This block has not begun yet.')
  if (block.tablesRevealedAt !== null)
    throw new Refusal('conflict', 'What the tables wrote is revealed, so yours can’t change any more.')
}

async function requireHosted({ tx, session }: Change, accountId: string): Promise<number> {
  const [table] = await tx
    .select({ number: tables.number })
    .from(tables)
    .where(and(eq(tables.sessionId, session.id), eq(tables.hostId, accountId)))
  if (!table) throw new Refusal('not-allowed', 'Only the host of a table speaks for it here.')
  return table.number
}
