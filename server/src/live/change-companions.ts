import { and, eq, inArray } from 'drizzle-orm'
import { attendances, memberships } from '#db/schema.ts'
import type { Companions, CompanionsChange } from '#shared/companions.ts'
import { sameCompanions, tooMany } from '#shared/live/companions.ts'
import { Refusal } from '#shared/refusals.ts'
import { settleGoRound } from '../go-rounds/settle-go-round.ts'
import type { House } from '../house.ts'
import { settlePhone } from '../pods/settle-pods.ts'
import { countTurns } from '../sessions/count-turns.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession, type Change } from './change-session-room.ts'

/**
 * Who is in the room with somebody's phone: so many by number, and members of the group by name, who are there without a
 * screen of their own until they come in with one.
 */
export function changeCompanions(
  house: House,
  seat: Seat,
  accountId: string,
  { from, to }: CompanionsChange,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    if (tooMany(to))
      throw new Refusal('invalid', 'One phone is for nine people at most, with whoever holds it.', 'alsoHere')
    if (accountId === seat.member.account.id) await arrive(change, seat)
    const now = await readCompanions(change, accountId)
    if (sameCompanions(now, to)) return {}
    if (!sameCompanions(now, from))
      throw new Refusal(
        'conflict',
        'Who is here with this phone was changed meanwhile. Look again, then change it.',
      )
    await requireNamable(
      change,
      seat,
      accountId,
      to.named.filter((id) => !now.named.includes(id)),
    )
    await letGo(
      change,
      now.named.filter((id) => !to.named.includes(id)),
    )
    await bring(
      change,
      accountId,
      to.named.filter((id) => !now.named.includes(id)),
    )
    await change.tx
      .update(attendances)
      .set({ alsoHere: to.alsoHere })
      .where(oneOf(change, [accountId]))
    change.tell({
      type: 'companions-changed',
      accountId,
      alsoHere: to.alsoHere,
      named: to.named.toSorted(),
    })
    await settlePhone(change, accountId, to.named)
    await settleGoRound(change)
    return {}
  })
}

const oneOf = ({ session }: Change, accountIds: string[]) =>
  and(eq(attendances.sessionId, session.id), inArray(attendances.accountId, accountIds))

async function readCompanions(change: Change, accountId: string): Promise<Companions> {
  const { tx, session } = change
  const [phone] = await tx
    .select()
    .from(attendances)
    .where(oneOf(change, [accountId]))
  if (phone?.noticed !== 'room')
    throw new Refusal('conflict', 'They are not here with a screen of their own, so nobody is here with it.')
  const named = await tx
    .select({ id: attendances.accountId })
    .from(attendances)
    .where(and(eq(attendances.sessionId, session.id), eq(attendances.cameWith, accountId)))
  return { alsoHere: phone.alsoHere, named: named.map(({ id }) => id) }
}

/** Members of the group who have no screen here and are with nobody else's phone. */
async function requireNamable(
  change: Change,
  { member }: Seat,
  accountId: string,
  named: string[],
): Promise<void> {
  if (named.length === 0) return
  const { tx, session } = change
  const active = await tx
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, session.groupId),
        eq(memberships.status, 'active'),
        inArray(memberships.accountId, [...named, member.account.id]),
      ),
    )
  const isMember = (id: string) => active.some((one) => one.id === id)
  if (!isMember(member.account.id))
    throw new Refusal('not-allowed', 'Guests say how many they are. Only members name members.')
  if (named.includes(accountId) || !named.every(isMember))
    throw new Refusal('invalid', 'Choose others who are in this group.', 'named')
  for (const { noticed, cameWith } of await tx.select().from(attendances).where(oneOf(change, named))) {
    if (noticed === 'room')
      throw new Refusal('conflict', 'One of them is here with a screen of their own.', 'named')
    if (cameWith !== null && (await hasScreen(change, cameWith)))
      throw new Refusal('conflict', 'One of them is here with somebody else’s phone.', 'named')
  }
}

const hasScreen = async (change: Change, accountId: string): Promise<boolean> =>
  (await change.tx.$count(attendances, and(oneOf(change, [accountId]), eq(attendances.noticed, 'room')))) > 0

async function bring(change: Change, phoneId: string, named: string[]): Promise<void> {
  const { tx, tell, session, now } = change
  const known = await tx.select().from(attendances).where(oneOf(change, named))
  for (const accountId of named) {
    if (known.some((one) => one.accountId === accountId)) continue
    const spoken = await countTurns(tx, session.id, accountId)
    await tx.insert(attendances).values({
      ...{ groupId: session.groupId, sessionId: session.id, accountId },
      ...{ noticed: 'phone' as const, arrivedAt: now },
    })
    tell({ type: 'entered', accountId, at: now.toISOString(), spoken, screen: false })
  }
  await tx.update(attendances).set({ cameWith: phoneId }).where(oneOf(change, named))
}

/** Whoever was noticed otherwise stays there; of the others only this phone said that they are. */
async function letGo(change: Change, named: string[]): Promise<void> {
  const { tx, tell } = change
  const gone = await tx
    .delete(attendances)
    .where(and(oneOf(change, named), eq(attendances.noticed, 'phone')))
    .returning({ accountId: attendances.accountId })
  for (const { accountId } of gone) tell({ type: 'counted-out', accountId })
  await tx.update(attendances).set({ cameWith: null }).where(oneOf(change, named))
}
