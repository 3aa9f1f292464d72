import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import { eq, sql } from 'drizzle-orm'
import { Lucia, TimeSpan, type DatabaseSession, type DatabaseUser } from 'lucia'
import type { FastifyReply } from 'fastify'
import type { Db, Reader } from '#db/connect.ts'
import { prepared } from '#db/prepared.ts'
import { accounts, signIns } from '#db/schema.ts'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { requireNotSuspended } from './suspended.ts'
import { requireCompanySignIn } from './company-only.ts'

/**
 * The one place that knows lucia (docs/decisions/0003). The cookie holds a random token; the table its SHA-256.
 * Idle sign-ins end after 14 days, all of them after 90; the table decides, the cookie merely lives that long.
 */
const IDLE_DAYS = 14
const LONGEST_SECONDS = 90 * 24 * 60 * 60

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof lucia>
    DatabaseSessionAttributes: { createdAt: Date; device: string }
    DatabaseUserAttributes: Omit<AccountRow, 'id'>
  }
}

function lucia(db: Reader, adapter = new DrizzlePostgreSQLAdapter(db, signIns, accounts)) {
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
    getSessionAttributes: ({ createdAt }) => ({ createdAt }),
    getUserAttributes: (account) => account,
  })
}

/** Every request asks for a sign-in, so the question is put together once. */
class QuickAdapter extends DrizzlePostgreSQLAdapter {
  readonly #find: ReturnType<typeof signInQuery>

  constructor(db: Db) {
    super(db, signIns, accounts)
    this.#find = signInQuery(db)
  }

  override async getSessionAndUser(
    sessionId: string,
  ): Promise<[session: DatabaseSession | null, user: DatabaseUser | null]> {
    const [found] = await this.#find.execute({ id: sessionId })
    if (!found) return [null, null]
    const { id, userId, expiresAt, ...attributes } = found.session
    const { id: accountId, ...account } = found.account
    return [
      { id, userId, expiresAt, attributes },
      { id: accountId, attributes: account },
    ]
  }
}

const signInQuery = (db: Db) =>
  db
    .select({ account: accounts, session: signIns })
    .from(signIns)
    .innerJoin(accounts, eq(accounts.id, signIns.userId))
    .where(eq(signIns.id, sql.placeholder('id')))
    .prepare('sign_in')

const reading = prepared((db) => lucia(db, new QuickAdapter(db)))

type AccountRow = typeof accounts.$inferSelect

export type OpenSignIn = { signInId: string; account: AccountRow }

/**
 * Opens a sign-in and gives its token, which is not stored anywhere. Every way in ends here, so here is where an account
 * of a company that asks for it is let in by its provider only.
 * @param vouchedBy the organization whose provider said who this is.
 * @throws Refusal `company-sign-in`, or `suspended` with the reason
 */
export async function openSignIn(
  house: House,
  db: Reader,
  accountId: string,
  device: string,
  vouchedBy?: string,
): Promise<string> {
  await requireCompanySignIn(db, accountId, vouchedBy)
  await requireNotSuspended(house, db, accountId)
  const token = newToken()
  await lucia(db).createSession(
    accountId,
    { createdAt: house.now(), device: device.slice(0, 200) },
    { sessionId: hashToken(token) },
  )
  return token
}

/** A sign-in and whose it is, read together: every request asks for them. */
export async function readSignIn(house: House, token: string): Promise<OpenSignIn | undefined> {
  const engine = reading(house.db)
  const { session, user } = await engine.validateSession(hashToken(token))
  if (!session) return undefined
  if (house.now().getTime() - session.createdAt.getTime() > LONGEST_SECONDS * 1000) {
    await engine.invalidateSession(session.id)
    return undefined
  }
  return { signInId: session.id, account: user }
}

export async function closeSignIn(house: House, signInId: string): Promise<void> {
  await lucia(house.db).invalidateSession(signInId)
  house.rooms.endSignIn(signInId)
}

/** `__Host-` ties the cookie to this very host, where it is served over https. */
export const cookieName = ({ origin }: Config) => (origin.startsWith('https:') ? '__Host-signin' : 'signin')

export function setSignInCookie({ config }: House, reply: FastifyReply, token: string): void {
  void reply.setCookie(cookieName(config), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.origin.startsWith('https:'),
    maxAge: LONGEST_SECONDS,
  })
}

export function clearSignInCookie({ config }: House, reply: FastifyReply): void {
  void reply.clearCookie(cookieName(config), { path: '/', secure: config.origin.startsWith('https:') })
}
