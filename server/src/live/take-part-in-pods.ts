import type { Pod } from '#shared/pods.ts'
import type { House } from '../house.ts'
import { peopleOf, putAnew, readOwnPods, rearrange, type Placing } from '../pods/settle-pods.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findPodsBlock, podsNow } from './find-pods-block.ts'

type Given = { placing: Placing; before: Pod[]; me: string }

function takePart(
  house: House,
  seat: Seat,
  change: (given: Given) => Promise<void>,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (given) => {
    await arrive(given, seat)
    const placing = await findPodsBlock(given, given.session.currentBlockId)
    await change({ placing, before: await readOwnPods(placing), me: seat.member.account.id })
    return {}
  })
}

/** I am here, and with nobody. */
export const joinPods = (house: House, seat: Seat) =>
  takePart(house, seat, async ({ placing, before, me }) => {
    if (before.length === 0) return putAnew(placing, { withLeader: false, seedFrom: placing.block.id })
    const people = peopleOf(await podsNow(placing, before))
    if (!people.has(me)) await rearrange(placing, before, [...people, me])
  })

/** I only listen. Whoever was with me is offered others. */
export const leavePods = (house: House, seat: Seat) =>
  takePart(house, seat, async ({ placing, before, me }) => {
    const people = peopleOf(await podsNow(placing, before))
    if (people.delete(me)) await rearrange(placing, before, [...people])
  })

/** Somebody whom I am with is not here. They come back by themselves. */
export const missPartner = (house: House, seat: Seat, { accountId }: { accountId: string }) =>
  takePart(house, seat, async ({ placing, before, me }) => {
    const now = await podsNow(placing, before)
    const mine = now.find(({ people }) => people.includes(me))
    if (accountId === me || !mine?.people.includes(accountId)) return
    const people = peopleOf(now)
    people.delete(accountId)
    await rearrange(placing, before, [...people])
  })
