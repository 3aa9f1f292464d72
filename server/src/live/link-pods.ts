import { and, eq } from 'drizzle-orm'
import { podLinks } from '#db/schema.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'

/** Where those of a number meet on video. The room hears that it changed; the link is for them. */
export function linkPods(
  house: House,
  chair: Chair,
  { number, link }: { number: number; link: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async ({ tx, tell, session }) => {
    const ofNumber = and(eq(podLinks.sessionId, session.id), eq(podLinks.number, number))
    const [before] = await tx.select().from(podLinks).where(ofNumber)
    if ((before?.link ?? '') === link) return {}
    if (link === '') await tx.delete(podLinks).where(ofNumber)
    else
      await tx
        .insert(podLinks)
        .values({ groupId: session.groupId, sessionId: session.id, number, link })
        .onConflictDoUpdate({ target: [podLinks.sessionId, podLinks.number], set: { link } })
    tell({ type: 'pods-linked' })
    return {}
  })
}
