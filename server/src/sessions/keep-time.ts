import { and, eq, inArray, isNull } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'
import { readSession } from './read-session.ts'

/** A member takes the clock, when nobody has it, or gives their own back. */
export async function keepTime(house: House, { member, session }: Seat, keeps: boolean): Promise<Session> {
  const mine = eq(sessions.timekeeperId, member.account.id)
  const changed = await house.db
    .update(sessions)
    .set({ timekeeperId: keeps ? member.account.id : null })
    .where(
      and(
        eq(sessions.id, session.id),
        inArray(sessions.status, ['scheduled', 'live']),
        keeps ? isNull(sessions.timekeeperId) : mine,
      ),
    )
    .returning({ id: sessions.id })
  const seen = await readSession(house.db, member, session.id)
  if (keeps && changed.length === 0 && seen.timekeeper?.id !== member.account.id)
    throw new Refusal(
      'conflict',
      seen.timekeeper ? `${seen.timekeeper.name} keeps time already.` : 'This session is over.',
    )
  return seen
}
