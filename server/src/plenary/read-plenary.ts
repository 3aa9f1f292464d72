import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { blocks, tableReports } from '#db/schema.ts'
import type { Plenary, TableReport } from '#shared/plenary.ts'

/** What the tables told, by block. Sentences only of blocks whose tables were revealed. */
export async function readPlenaries(reader: Reader, blockIds: string[]): Promise<Map<string, Plenary>> {
  if (blockIds.length === 0) return new Map()
  const rows = await reader
    .select({ id: blocks.id, revealedAt: blocks.tablesRevealedAt })
    .from(blocks)
    .where(inArray(blocks.id, blockIds))
  const told = await reader
    .select()
    .from(tableReports)
    .where(inArray(tableReports.blockId, blockIds))
    .orderBy(asc(tableReports.number), asc(tableReports.id))
  return new Map(
    rows.map(({ id, revealedAt }) => {
      const its = told.filter(({ blockId }) => blockId === id)
      const done = [...new Set(its.filter((one) => one.done !== null).map(({ number }) => number))]
      const said = its.filter(({ body }) => body.trim() !== '')
      return [id, { done, sentences: revealedAt ? said.map(({ number, body }) => ({ number, body })) : null }]
    }),
  )
}

type ReportRow = typeof tableReports.$inferSelect

export const toReport = ({ id, blockId, body, revision, done }: ReportRow): TableReport => ({
  ...{ id, blockId, body, revision },
  done: done !== null,
})

export async function readMyReports(
  reader: Reader,
  sessionId: string,
  accountId: string,
): Promise<TableReport[]> {
  const rows = await reader
    .select({ report: tableReports })
    .from(tableReports)
    .innerJoin(blocks, eq(blocks.id, tableReports.blockId))
    .where(and(eq(blocks.sessionId, sessionId), eq(tableReports.accountId, accountId)))
    .orderBy(asc(blocks.position))
  return rows.map(({ report }) => toReport(report))
}

/** The sentences that were revealed, for what stays of a session. */
export const readRevealedReports = (reader: Reader, sessionId: string) =>
  reader
    .select({ blockId: tableReports.blockId, number: tableReports.number, body: tableReports.body })
    .from(tableReports)
    .innerJoin(blocks, eq(blocks.id, tableReports.blockId))
    .where(and(eq(blocks.sessionId, sessionId), isNotNull(blocks.tablesRevealedAt)))
    .orderBy(asc(tableReports.number), asc(tableReports.id))
