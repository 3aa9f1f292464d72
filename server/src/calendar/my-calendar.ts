import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { accounts } from '#db/schema.ts'
import type { MyCalendar } from '#shared/calendar.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

export const showMyCalendar = (house: House, { account }: SignedIn): MyCalendar =>
  addressOf(house, account.calendarId)

/** Whoever has the old address reads nothing any more. */
export async function renewMyCalendar(house: House, { account }: SignedIn): Promise<MyCalendar> {
  const calendarId = randomUUID()
  await house.db.update(accounts).set({ calendarId }).where(eq(accounts.id, account.id))
  return addressOf(house, calendarId)
}

const addressOf = ({ config, links }: House, calendarId: string): MyCalendar => ({
  address: `${config.origin}/calendar/me/${links.sign('calendar', calendarId)}.ics`,
})
