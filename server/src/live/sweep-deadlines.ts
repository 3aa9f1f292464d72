import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import { readDue, settleDeadline } from '../ballots/settle-deadline.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { tryEach } from '../try-each.ts'

const SWEEP_EVERY = 1_000
const AT_ONCE = 200

/** Looks at sessions whose deadline has come, when nobody's command did. Every process may: each deadline is settled once. */
export async function sweepDeadlines(house: House): Promise<void> {
  await tryEach(await readDue(house.db, house.now(), AT_ONCE), (sessionId) =>
    changeRoom(house, sessionId, async (tx, tell) => {
      const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update')
      if (session) await settleDeadline({ tx, tell, session, now: house.now() })
    }),
  )
}

/** Sweeps once a second; one sweep at a time. Gives how to stop, which waits for the last one. */
export function keepSweeping(house: House, report: (problem: unknown) => void): () => Promise<void> {
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    sweeping ??= sweepDeadlines(house)
      .catch(report)
      .finally(() => (sweeping = undefined))
  }, SWEEP_EVERY).unref()
  return async () => {
    clearInterval(timer)
    await sweeping
  }
}
