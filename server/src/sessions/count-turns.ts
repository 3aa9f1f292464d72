import { and, eq, isNotNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { turns } from '#db/schema.ts'

/** How often somebody had the floor in a session. */
export const countTurns = (db: Reader, sessionId: string, accountId: string): Promise<number> =>
  db.$count(
    turns,
    and(eq(turns.sessionId, sessionId), eq(turns.accountId, accountId), isNotNull(turns.beganAt)),
  )
