import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { answers, blocks, sealedAnswers } from '#db/schema.ts'
import { LONGEST_ANSWER, type MyAnswer } from '#shared/live.ts'
import { inTextOrder } from '#shared/live/writing.ts'
import type { House } from '../house.ts'

/**
 * What was written without names, before the reveal (L24 in docs/live-sessions.md). Whose a row is, what it says, how long that is, how
 * often and when it was changed: only the key of the instance tells, which lies outside the database.
 */
type Words = Omit<MyAnswer, 'blockId' | 'done'> & { writtenAt: Date }

const ID = 36
const HEAD = 8 + 8 + 4 + ID
/** A character takes four bytes at most, so everybody's words are as long as the longest. */
const LENGTH = HEAD + LONGEST_ANSWER * 4

function close({ seals }: House, { id, body, revision, writtenAt }: Words): string {
  const words = Buffer.from(body)
  const all = Buffer.alloc(LENGTH)
  all.writeDoubleBE(revision, 0)
  all.writeDoubleBE(writtenAt.getTime(), 8)
  all.writeUInt32BE(words.length, 16)
  all.write(id, 20, 'latin1')
  words.copy(all, HEAD)
  return seals.close('anonymous-answer', all)
}

function open({ seals }: House, sealed: string): Words {
  const all = seals.open('anonymous-answer', sealed)
  return {
    revision: all.readDoubleBE(0),
    writtenAt: new Date(all.readDoubleBE(8)),
    id: all.toString('latin1', 20, HEAD),
    body: all.toString('utf8', HEAD, HEAD + all.readUInt32BE(16)),
  }
}

const writerIn = ({ seals }: House, blockId: string, accountId: string): string =>
  seals.name('anonymous-writer', `${blockId}:${accountId}`)

export type MySealed = MyAnswer & { writtenAt: Date }

/** What somebody wrote in these blocks, for themselves. */
export async function readMySealed(
  house: House,
  reader: Reader,
  blockIds: readonly string[],
  accountId: string,
): Promise<MySealed[]> {
  if (blockIds.length === 0) return []
  const rows = await reader
    .select()
    .from(sealedAnswers)
    .where(
      inArray(
        sealedAnswers.writer,
        blockIds.map((blockId) => writerIn(house, blockId, accountId)),
      ),
    )
  return rows.map(({ blockId, sealed, done }) => ({ ...open(house, sealed), blockId, done }))
}

/** In which blocks anything waits. The rows name nobody, so whoever looks for their own looks through all. */
export async function findSealedBlocks(reader: Reader): Promise<string[]> {
  const rows = await reader.selectDistinct({ id: sealedAnswers.blockId }).from(sealedAnswers)
  return rows.map(({ id }) => id)
}

/** Keeps it, as it is from now on. */
export async function saveSealed(
  house: House,
  tx: Transaction,
  block: { readonly id: string; readonly groupId: string },
  accountId: string,
  { done, ...words }: Words & { done: boolean },
): Promise<void> {
  const kept = { sealed: close(house, words), done }
  await tx
    .insert(sealedAnswers)
    .values({
      groupId: block.groupId,
      blockId: block.id,
      writer: writerIn(house, block.id, accountId),
      ...kept,
    })
    .onConflictDoUpdate({ target: [sealedAnswers.blockId, sealedAnswers.writer], set: kept })
}

/** How many are done, by block. */
export async function countSealed(reader: Reader, blockIds: string[]): Promise<Map<string, number>> {
  if (blockIds.length === 0) return new Map()
  const rows = await reader
    .select({ blockId: sealedAnswers.blockId, many: sql<number>`count(*)::int` })
    .from(sealedAnswers)
    .where(and(inArray(sealedAnswers.blockId, blockIds), sealedAnswers.done))
    .groupBy(sealedAnswers.blockId)
  return new Map(rows.map(({ blockId, many }) => [blockId, many]))
}

/** What was written in a block, done or not, in the order of the alphabet, and how many of those are done. */
export async function readSealed(
  house: House,
  tx: Transaction,
  blockId: string,
): Promise<{ bodies: string[]; done: number }> {
  const rows = await tx.select().from(sealedAnswers).where(eq(sealedAnswers.blockId, blockId))
  const written = rows
    .map(({ sealed, done }) => ({ body: open(house, sealed).body.trim(), done }))
    .filter(({ body }) => body !== '')
  return {
    bodies: written.map(({ body }) => body).sort(inTextOrder),
    done: written.filter(({ done }) => done).length,
  }
}

/**
 * Makes answers of them that are nobody's: new rows with new ids, all of one moment, in the order of the alphabet, which the
 * ids follow too. What was linked is gone with the same commit.
 */
export async function openSealed(
  tx: Transaction,
  block: { readonly id: string; readonly groupId: string },
  bodies: readonly string[],
  now: Date,
): Promise<void> {
  const { id: blockId, groupId } = block
  const ids = bodies.map(() => randomUUID()).sort(inTextOrder)
  await tx.delete(sealedAnswers).where(eq(sealedAnswers.blockId, blockId))
  await tx.insert(answers).values(
    bodies.map((body, at) => ({
      ...{ id: ids[at] ?? randomUUID(), groupId, blockId, body },
      ...{ accountId: null, revision: 1, done: null, writtenAt: now },
    })),
  )
}

/**
 * Whoever goes takes their words along. The row stays, empty and nobody's, so that the count does not tell that they had
 * written.
 */
export async function emptyMySealed(house: House, tx: Transaction, accountId: string): Promise<void> {
  for (const blockId of await findSealedBlocks(tx))
    await tx
      .update(sealedAnswers)
      .set({
        writer: randomBytes(32).toString('base64url'),
        sealed: close(house, { id: randomUUID(), body: '', revision: 1, writtenAt: house.now() }),
      })
      .where(
        and(
          eq(sealedAnswers.blockId, blockId),
          eq(sealedAnswers.writer, writerIn(house, blockId, accountId)),
        ),
      )
}

/** What waits in the blocks of these sessions, for the group that keeps words no longer. */
export const dropSealed = (tx: Transaction, sessionIds: string[]) =>
  tx
    .delete(sealedAnswers)
    .where(
      inArray(
        sealedAnswers.blockId,
        tx.select({ id: blocks.id }).from(blocks).where(inArray(blocks.sessionId, sessionIds)),
      ),
    )
