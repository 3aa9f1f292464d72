import { eq } from 'drizzle-orm'
import { randomInt } from 'node:crypto'
import { joinCodes } from '#db/schema.ts'
import { CODE_LENGTH, CODE_LETTERS } from '#shared/joining.ts'
import type { Change } from './change-session-room.ts'

const MOST_TRIES = 20

/** A session has one code, its own: another session of the group has another. */
export async function makeJoinCode({ tx, session }: Change): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if ((await tx.$count(joinCodes, eq(joinCodes.sessionId, session.id))) > 0) return
    // Taken by another session: the next one is free, of 47 million.
    await tx
      .insert(joinCodes)
      .values({ groupId: session.groupId, sessionId: session.id, code: newCode() })
      .onConflictDoNothing()
  }
  throw new Error('No code was free.')
}

const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
