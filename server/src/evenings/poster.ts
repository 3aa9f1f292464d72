import { and, eq, isNull } from 'drizzle-orm'
import { attendances, memberships, sessionGuests } from '#db/schema.ts'
import { doorState, type MyEvening, type Poster, type Ticket } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { readMine } from '../sessions/read-session.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import type { Arriving, TicketHolder } from './guards.ts'
import { markMyself } from './mark-at-door.ts'
import { markWalkIn } from './mark-walk-in.ts'
import { arrive } from './my-evening.ts'
import { readMyTable } from './read-tables.ts'

/** What the QR at the door opens: who may say that they are here, and a way in for everybody else. */
export async function readPoster(house: House, { group, session, account }: Arriving): Promise<Poster> {
  return {
    ...meeting(house, { group, session }),
    signedIn: account !== undefined,
    me: account ? await readMe(house, { group, session }, account) : null,
  }
}

export async function arriveByPoster(
  house: House,
  arriving: Arriving & { readonly account: AccountRow },
): Promise<Poster> {
  const { group, session, account } = arriving
  if (!(await readMe(house, arriving, account)))
    throw new Refusal(
      'not-found',
      'You are neither in this group nor a guest of this session. Come in as a walk-in instead.',
    )
  await arrive(house, { group, session }, account.id)
  return readPoster(house, arriving)
}

/** Somebody who never said that they would come. The id is chosen by their phone. */
export async function walkIn(
  house: House,
  { group, session }: Arriving,
  stranger: { id: string; name: string; email?: string | undefined },
): Promise<{ name: string; table: MyEvening['table'] }> {
  const here = { here: true, anyway: false, runs: false }
  await markMyself(house, { group, session }, (door) => markWalkIn(door, stranger, { ...here, at: door.now }))
  return { name: stranger.name.trim(), table: await readMyTable(house.db, session.id, stranger.id) }
}

/** Whoever runs the session may check them in with one press; everybody else reads what to do with it. */
export async function readTicket(
  house: House,
  { group, session, accountId, viewer }: TicketHolder,
): Promise<Ticket> {
  const { db } = house
  const account = await db.query.accounts.findFirst({
    where: (accounts, { eq: is }) => is(accounts.id, accountId),
    columns: { name: true },
  })
  const { mine } = await readMine(db, session.id, accountId)
  const role = viewer ? await readRole(house, group.id, viewer.id) : undefined
  return {
    ...meeting(house, { group, session }),
    name: account?.name ?? '',
    answer: mine,
    here: await isHere(house, session.id, accountId),
    sessionId: session.id,
    personId: accountId,
    runs: role === 'facilitator' || role === 'organizer',
  }
}

const meeting = (house: House, { group, session }: Pick<Arriving, 'group' | 'session'>) => ({
  title: session.title,
  groupName: group.name,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  zone: group.zone,
  state: doorState(session, house.now()),
})

/** Nobody, unless they are in the group or a guest of this session. */
async function readMe(
  house: House,
  { group, session }: Pick<Arriving, 'group' | 'session'>,
  { id, name }: AccountRow,
): Promise<Poster['me']> {
  const guest = and(
    eq(sessionGuests.sessionId, session.id),
    eq(sessionGuests.accountId, id),
    isNull(sessionGuests.removedAt),
  )
  if (!(await readRole(house, group.id, id)) && (await house.db.$count(sessionGuests, guest)) === 0)
    return null
  return {
    name,
    here: await isHere(house, session.id, id),
    table: await readMyTable(house.db, session.id, id),
  }
}

async function readRole(house: House, groupId: string, accountId: string) {
  const [found] = await house.db
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.accountId, accountId),
        eq(memberships.status, 'active'),
      ),
    )
  return found?.role
}

const isHere = async (house: House, sessionId: string, accountId: string): Promise<boolean> =>
  (await house.db.$count(
    attendances,
    and(eq(attendances.sessionId, sessionId), eq(attendances.accountId, accountId)),
  )) > 0
