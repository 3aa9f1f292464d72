import { createHmac, randomBytes, randomInt } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { feedbackSheets } from '#db/schema.ts'
import type { RoundKind, Sheet } from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { closeWith, openWith } from '../seals.ts'
import type { RoundRow } from './guards.ts'

/** A sheet as it lies in its seal. */
export type StoredSheet = Sheet & {
  /** SHA-256 of what the writer's browser keeps: whoever only has the link does not read what was written. */
  receiptHash: string | null
}

/** The key of an open round; nothing can be read without it. */
export type RoundKey = Buffer

/** Bytes of every sheet of a round, written or not: their size tells nothing. */
const SHEET_BYTES = 24_576
const SHEET_BYTES_EACH = 6_144
/** Sheets that are written anew at one change, its own among them. */
const WRITTEN_TOGETHER = 40

const EMPTY: StoredSheet = { state: 'empty', about: [], reason: '', receiptHash: null }

/** A key for a round that opens, and how it is stored. */
export function newRoundKey(house: House): { key: RoundKey; stored: string } {
  const key = randomBytes(32)
  return { key, stored: house.seals.close('feedback-key', key) }
}

export function roundKeyOf(house: House, { roundKey }: RoundRow): RoundKey {
  if (roundKey === null) throw new Refusal('conflict', 'This round has closed. Nothing is taken any more.')
  return house.seals.open('feedback-key', roundKey)
}

/** Where somebody's sheet lies. Nobody finds it without the key of the round. */
const lookupOf = (key: RoundKey, who: string) => createHmac('sha256', key).update(who).digest('base64url')

/** The subject's own assessment is a sheet like the others. */
export const selfOf = (accountId: string): string => `self:${accountId}`

/** An empty sheet for everybody who is asked, before anybody writes. */
export async function laySheets(
  tx: Transaction,
  round: RoundRow,
  key: RoundKey,
  people: readonly string[],
): Promise<void> {
  await writeSheets(
    tx,
    round,
    key,
    people.map((who) => [lookupOf(key, who), EMPTY]),
  )
}

export async function readSheet(
  reader: Reader,
  key: RoundKey,
  who: string,
): Promise<StoredSheet | undefined> {
  const [row] = await reader
    .select()
    .from(feedbackSheets)
    .where(eq(feedbackSheets.lookup, lookupOf(key, who)))
  return row && open(key, row.sealed)
}

/** Puts one sheet in the place of what was there, together with others, so that nobody sees which one changed. */
export async function replaceSheet(
  tx: Transaction,
  round: RoundRow,
  key: RoundKey,
  who: string,
  sheet: StoredSheet,
): Promise<void> {
  const mine = lookupOf(key, who)
  const all = await tx.select().from(feedbackSheets).where(eq(feedbackSheets.roundId, round.id))
  const others = shuffled(all.filter(({ lookup }) => lookup !== mine)).slice(0, WRITTEN_TOGETHER - 1)
  await writeSheets(tx, round, key, [
    [mine, sheet],
    ...others.map(({ lookup, sealed }): [string, StoredSheet] => [lookup, open(key, sealed)]),
  ])
}

/** Takes all sheets of a round out of the database. */
export const destroySheets = (tx: Transaction, round: RoundRow): Promise<unknown> =>
  tx.delete(feedbackSheets).where(eq(feedbackSheets.roundId, round.id))

/** Those of a list of people, by their name in it. Sheets of people who are gone are not among them. */
export async function readSheets(
  tx: Transaction,
  round: RoundRow,
  key: RoundKey,
  people: readonly string[],
): Promise<Map<string, StoredSheet>> {
  const rows = await tx.select().from(feedbackSheets).where(eq(feedbackSheets.roundId, round.id))
  const byLookup = new Map(rows.map(({ lookup, sealed }) => [lookup, sealed]))
  return new Map(
    people.flatMap((who): [string, StoredSheet][] => {
      const sealed = byLookup.get(lookupOf(key, who))
      return sealed === undefined ? [] : [[who, open(key, sealed)]]
    }),
  )
}

async function writeSheets(
  tx: Transaction,
  round: RoundRow,
  key: RoundKey,
  sheets: readonly (readonly [lookup: string, sheet: StoredSheet])[],
): Promise<void> {
  if (sheets.length === 0) return
  const rows = shuffled(sheets).map(([lookup, sheet]) => ({
    lookup,
    roundId: round.id,
    sealed: seal(key, sheet, round.kind),
  }))
  await tx.delete(feedbackSheets).where(
    inArray(
      feedbackSheets.lookup,
      rows.map(({ lookup }) => lookup),
    ),
  )
  await tx.insert(feedbackSheets).values(rows)
}

function seal(key: RoundKey, sheet: StoredSheet, kind: RoundKind): string {
  const size = kind === 'everyone' ? SHEET_BYTES_EACH * 12 : SHEET_BYTES
  const words = Buffer.from(JSON.stringify(sheet))
  if (words.length > size) {
    const over = Math.ceil((words.length - size) / 100) * 100
    throw new Refusal(
      'too-large',
      `Together that is about ${over.toLocaleString('en')} characters more than fits. Shorten it a little; nothing is lost meanwhile.`,
    )
  }
  return closeWith(key, Buffer.concat([words, Buffer.alloc(size - words.length, ' ')])).toString('base64url')
}

const open = (key: RoundKey, sealed: string): StoredSheet =>
  JSON.parse(openWith(key, Buffer.from(sealed, 'base64url')).toString()) as StoredSheet

/** Fisher and Yates, with numbers that nobody can foretell. */
function shuffled<T>(all: readonly T[]): T[] {
  const order = [...all]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1)
    ;[order[last], order[other]] = [order[other] as T, order[last] as T]
  }
  return order
}
