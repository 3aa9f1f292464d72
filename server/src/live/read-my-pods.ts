import { asc, eq } from 'drizzle-orm'
import { podLinks, sessions } from '#db/schema.ts'
import { hasPods } from '#shared/live/pods.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import { blockOfCards, cardsOf, roleOf, roundsOf, turnOf } from '#shared/live/turns.ts'
import type { MyPods } from '#shared/pods.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { readPaces, readPods } from '../pods/read-pods.ts'
import type { Seat } from '../sessions/guards.ts'
import { readPlan, timerOf } from './go-to-block.ts'

/**
 * What only the caller may see of the current block. Whoever runs the session and is with nobody sees every card and every
 * link; whoever plays sees the card of their own role, and nobody else's.
 */
export function readMyPods(house: House, { member, session: { id } }: Seat): Promise<MyPods> {
  return house.db.transaction(async (tx) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, id))
    const plan = await readPlan(tx, id)
    const block = plan.find((one) => one.id === session?.currentBlockId)
    const runs = mayFacilitate(member)
    const links = await tx
      .select({ number: podLinks.number, link: podLinks.link })
      .from(podLinks)
      .where(eq(podLinks.sessionId, id))
      .orderBy(asc(podLinks.number))
    if (!session || session.status !== 'live' || !block || !hasPods(block))
      return { links: runs ? links : [], cards: [] }

    const pods = (await readPods(tx, [block.id])).get(block.id) ?? []
    const pace = (await readPaces(tx, [block.id])).get(block.id) ?? null
    const left = secondsLeft(timerOf(session), house.now().getTime())
    const at = (size: number) => turnOf(pace, roundsOf(pods), size, left)
    const mine = pods.find(
      ({ people, round }) => people.includes(member.account.id) && at(people.length).round === round,
    )
    const cards = blockOfCards(plan, block)?.options.cards ?? []
    const words = (all: typeof cards) => all.map(({ role, words }) => ({ role, words }))
    if (!mine) return { links: runs ? links : [], cards: runs ? words(cards) : [] }
    const { people, number } = mine
    const role = roleOf(block.options, {
      place: people.indexOf(member.account.id),
      size: people.length,
      turn: at(people.length).number,
    })
    return {
      links: runs ? links : links.filter((one) => one.number === number),
      cards: words(cardsOf(cards, role)),
    }
  })
}
