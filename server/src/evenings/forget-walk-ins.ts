import { and, inArray, lt, ne } from 'drizzle-orm'
import { sessions, walkIns } from '#db/schema.ts'
import { WALK_INS_KEPT } from '#shared/evenings.ts'
import type { House } from '../house.ts'

/** Names and addresses of walk-ins go a month after their session; how many there were stays. */
export async function forgetWalkIns(house: House): Promise<void> {
  const before = new Date(house.now().getTime() - WALK_INS_KEPT)
  const old = house.db.select({ id: sessions.id }).from(sessions).where(lt(sessions.endsAt, before))
  await house.db
    .update(walkIns)
    .set({ name: '', email: null })
    .where(and(inArray(walkIns.sessionId, old), ne(walkIns.name, '')))
}
