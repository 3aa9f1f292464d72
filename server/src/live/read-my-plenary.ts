import { eq } from 'drizzle-orm'
import { tables } from '#db/schema.ts'
import type { MyPlenary } from '#shared/plenary.ts'
import { readMyTable } from '../evenings/read-tables.ts'
import type { House } from '../house.ts'
import { readMyReports } from '../plenary/read-plenary.ts'
import type { Seat } from '../sessions/guards.ts'

/** Each asks for their own: who sits where is nobody's news but theirs. */
export async function readMyPlenary({ db }: House, { member, session }: Seat): Promise<MyPlenary> {
  const count = await db.$count(tables, eq(tables.sessionId, session.id))
  const me = member.account.id
  return {
    tables: count,
    mine: count === 0 ? null : await readMyTable(db, session.id, me),
    reports: await readMyReports(db, session.id, me),
  }
}
