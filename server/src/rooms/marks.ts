import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { readRevisions, threadReads, threads } from '#db/schema.ts'
import type { Frame, ReadMark } from '#shared/rooms.ts'

/** Who hears read marks: one socket of the account that made them. */
type Ear = {
  readonly accountId: string
  readonly groupId: string
  /** The last mark that the page has heard. */
  readonly marks: number
  send: (frame: string) => void
}

type Listening = Ear & {
  roomId: string
  sent: number
  joined: boolean
  again: boolean
  busy: boolean
  left: boolean
}

export type Marks = {
  /** Hears at once what was marked in this room after what the page knows, and from then on every mark in the group. */
  join: (roomId: string, ear: Ear) => () => void
  /** Looks what an account has marked, for its own sockets. */
  wake: (accountId: string) => void
  /** Finds what a lost hint would have told. */
  look: () => Promise<void>
}

/**
 * Read marks beside the logs of rooms. They take no number of a log, and nobody is told but the account itself, so when
 * somebody reads can't be seen: neither as news nor as a gap.
 */
export function openMarks(db: Db): Marks {
  const accounts = new Map<string, Set<Listening>>()

  return { join, wake, look }

  function join(roomId: string, ear: Ear): () => void {
    const one: Listening = {
      ...ear,
      roomId,
      sent: ear.marks,
      joined: false,
      again: false,
      busy: false,
      left: false,
    }
    const own = accounts.get(ear.accountId) ?? new Set()
    accounts.set(ear.accountId, own.add(one))
    hurry(one)
    return () => {
      one.left = true
      own.delete(one)
      if (own.size === 0 && accounts.get(ear.accountId) === own) accounts.delete(ear.accountId)
    }
  }

  function wake(accountId: string): void {
    for (const one of accounts.get(accountId) ?? []) hurry(one)
  }

  function hurry(one: Listening): void {
    one.again = true
    if (!one.busy) void pump(one)
  }

  async function pump(one: Listening): Promise<void> {
    one.busy = true
    try {
      while (one.again && !one.left) {
        one.again = false
        const { marks, revision } = await read(one)
        if (one.left) return
        one.joined = true
        one.sent = Math.max(one.sent, revision)
        if (marks.length > 0) one.send(JSON.stringify({ type: 'marks', marks } satisfies Frame))
      }
    } catch {
      // The database is away; the next look tries again.
    } finally {
      one.busy = false
    }
  }

  /** In one statement's view: whoever sees a revision there sees all before it (the counter's row is locked to the commit). */
  async function read(one: Listening): Promise<{ marks: ReadMark[]; revision: number }> {
    const where = one.joined ? eq(threadReads.groupId, one.groupId) : eq(threads.roomId, one.roomId)
    const rows = await db
      .select({
        current: readRevisions.revision,
        threadId: threadReads.threadId,
        revision: threadReads.revision,
        read: threadReads.ranges,
      })
      .from(readRevisions)
      .leftJoin(
        threadReads,
        and(
          eq(threadReads.accountId, readRevisions.accountId),
          gt(threadReads.revision, one.sent),
          inArray(threadReads.threadId, db.select({ id: threads.id }).from(threads).where(where)),
        ),
      )
      .where(eq(readRevisions.accountId, one.accountId))
      .orderBy(asc(threadReads.revision), asc(threadReads.threadId))
    return {
      revision: rows[0]?.current ?? 0,
      marks: rows.flatMap(({ threadId, revision, read }) =>
        threadId === null || revision === null || read === null ? [] : [{ threadId, revision, read }],
      ),
    }
  }

  async function look(): Promise<void> {
    if (accounts.size === 0) return
    const current = await db
      .select({ accountId: readRevisions.accountId, revision: readRevisions.revision })
      .from(readRevisions)
      .where(inArray(readRevisions.accountId, [...accounts.keys()]))
    for (const { accountId, revision } of current)
      for (const one of accounts.get(accountId) ?? []) if (one.sent < revision || !one.joined) hurry(one)
  }
}
