import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, memberships, placements } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { leaveLocked } from '../groups/leave-group.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { countActive } from '../groups/show-group.ts'
import { lockGroup, stand, type LockedGroup } from '../groups/places.ts'
import { requireApproved } from '../groups/require-approved.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

type PlacementRow = typeof placements.$inferSelect

/** Moves to the new group and leaves the old one, at once; or stays, and may think better of it while there is time. */
export async function answerPlacement(
  house: House,
  { account }: SignedIn,
  { slug, groupId }: { slug: string; groupId: string },
  moves: boolean,
) {
  const answered = await house.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ placement: placements })
      .from(placements)
      .innerJoin(groups, and(eq(groups.id, placements.fromGroupId), eq(groups.slug, slug)))
      .where(and(eq(placements.groupId, groupId), eq(placements.accountId, account.id)))
    if (!found) throw new Refusal('not-found')
    const { from, to } = await lockBoth(tx, found.placement)
    const placement = await readAgain(tx, found.placement)
    const here = { id: to.id, slug: moves ? to.slug : from.slug, left: undefined, stepped: undefined }
    if (placement.state === 'moved') return { ...here, slug: to.slug }

    await requireInside(tx, from, account.id)
    if (moves) await move(house, tx, from, to, placement)
    await tx
      .update(placements)
      .set({ state: moves ? 'moved' : 'stayed', answeredAt: house.now() })
      .where(and(eq(placements.groupId, to.id), eq(placements.accountId, account.id)))
    const stepped = await stepBack(house, tx, to, placement.offeredBy)
    return { ...here, left: moves ? from.id : undefined, stepped }
  })
  const { id, left, stepped } = answered
  if (left) house.rooms.endMembership(left, account.id)
  if (stepped) house.rooms.endMembership(id, stepped)
  return { id, slug: answered.slug }
}

/** In the order of their ids, so that two who move cross nobody. */
async function lockBoth(
  tx: Transaction,
  { fromGroupId, groupId }: PlacementRow,
): Promise<{ from: LockedGroup; to: LockedGroup }> {
  const locked = new Map<string, LockedGroup>()
  for (const id of [fromGroupId, groupId].toSorted()) locked.set(id, await lockGroup(tx, id))
  const [from, to] = [locked.get(fromGroupId), locked.get(groupId)]
  if (!from || !to) throw new Refusal('not-found')
  return { from, to }
}

async function readAgain(tx: Transaction, { groupId, accountId }: PlacementRow): Promise<PlacementRow> {
  const [placement] = await tx
    .select()
    .from(placements)
    .where(and(eq(placements.groupId, groupId), eq(placements.accountId, accountId)))
  if (!placement) throw new Refusal('not-found')
  return placement
}

/** Whoever left or was removed meanwhile has no place to answer for. */
async function requireInside(tx: Transaction, { id }: LockedGroup, accountId: string): Promise<void> {
  const [mine] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, id),
        eq(memberships.accountId, accountId),
        eq(memberships.status, 'active'),
      ),
    )
  if (!mine) throw new Refusal('not-found')
}

/** The place was kept for them, so nobody's else is taken by it. */
async function move(
  house: House,
  tx: Transaction,
  from: LockedGroup,
  to: LockedGroup,
  { accountId, role }: PlacementRow,
): Promise<void> {
  requireOpenGroup(to)
  requireApproved(to)
  await requireNotRemoved(tx, to, accountId)
  await leaveLocked(house, tx, from, accountId)
  await stand(house, tx, to, accountId, { status: 'active', role })
  const taken = await countActive(tx, to.id)
  if (taken > to.places) await tx.update(groups).set({ places: taken }).where(eq(groups.id, to.id))
}

/** An offer that still lies around must not undo a removal. */
async function requireNotRemoved(tx: Transaction, { id }: LockedGroup, accountId: string): Promise<void> {
  const removed = and(
    eq(memberships.groupId, id),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'removed'),
  )
  if ((await tx.$count(memberships, removed)) > 0)
    throw new Refusal(
      'not-allowed',
      'An organizer of that group ended your membership there. Ask them to mail an invite to your address.',
    )
}

/** Who split the group looks after the new one only until somebody who moved organizes it. */
async function stepBack(
  house: House,
  tx: Transaction,
  to: LockedGroup,
  offeredBy: string | null,
): Promise<string | undefined> {
  if (offeredBy === null) return undefined
  const [own] = await tx
    .select({ state: placements.state })
    .from(placements)
    .where(and(eq(placements.groupId, to.id), eq(placements.accountId, offeredBy)))
  if (own && own.state !== 'stayed') return undefined
  const organizers = and(
    eq(memberships.groupId, to.id),
    eq(memberships.status, 'active'),
    eq(memberships.role, 'organizer'),
  )
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(organizers, ne(memberships.accountId, offeredBy)))
    .limit(1)
  if (!other) return undefined
  const [stepped] = await tx
    .update(memberships)
    .set({ status: 'left', endedAt: house.now() })
    .where(and(organizers, eq(memberships.accountId, offeredBy)))
    .returning({ id: memberships.id })
  return stepped && offeredBy
}
