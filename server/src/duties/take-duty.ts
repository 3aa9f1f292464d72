import { and, eq, inArray, isNull } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import type { Duty } from '#shared/duties.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session } from '#shared/sessions.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Seat } from '../sessions/guards.ts'
import { readSession } from '../sessions/read-session.ts'
import { COLUMN_OF } from './read-duty-facts.ts'

/** A member takes a duty that nobody has, or hands their own back. An open room hears who facilitates. */
export async function takeDuty(house: House, seat: Seat, duty: Duty, takes: boolean): Promise<Session> {
  const { member, session } = seat
  const column = COLUMN_OF[duty]
  requireOpenGroup(member.group)
  if (takes && duty === 'facilitator' && !mayFacilitate(member))
    throw new Refusal(
      'not-allowed',
      'Whoever facilitates needs the role of a facilitator first. An organizer gives it on the members’ page.',
    )
  const changed = await changeRoom(house, session.id, async (tx, tell) => {
    const rows = await tx
      .update(sessions)
      .set({ [column]: takes ? member.account.id : null })
      .where(
        and(
          eq(sessions.id, session.id),
          inArray(sessions.status, ['scheduled', 'live']),
          takes ? isNull(sessions[column]) : eq(sessions[column], member.account.id),
        ),
      )
      .returning({ id: sessions.id })
    if (rows.length > 0 && duty === 'facilitator') tell({ type: 'plan-changed' })
    return rows.length > 0
  })
  const seen = await readSession(house.db, member, session.id)
  if (takes && !changed) requireMine(seen, duty, member.account.id)
  return seen
}

const HOLDER_OF = {
  facilitator: 'facilitator',
  timekeeper: 'timekeeper',
  welcome: 'welcomer',
  notes: 'noteTaker',
} as const satisfies Record<Duty, keyof Session>

const DOES: Record<Duty, string> = {
  facilitator: 'facilitates',
  timekeeper: 'keeps time',
  welcome: 'welcomes people',
  notes: 'takes notes',
}

/** Taken twice is taken once; what somebody else has stays theirs. */
function requireMine(seen: Session, duty: Duty, accountId: string): void {
  const holder = seen[HOLDER_OF[duty]]
  if (holder?.id === accountId) return
  throw new Refusal('conflict', holder ? `${holder.name} ${DOES[duty]} already.` : 'This session is over.')
}
