import { and, eq, sql } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { signInCalls as calls } from '#shared/sign-in.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { openSignIn, setSignInCookie } from '../sign-in/engine.ts'
import { anyone, requireSignIn } from '../sign-in/guards.ts'
import { deviceOf } from '../sign-in/routes.ts'
import { FIRST_ACCOUNT_LOCK, isEmpty } from '../sign-in/sign-up.ts'
import { loadCircle, SAMPLE_SLUG } from './load-circle.ts'

/** The sample circle is only ever on an instance without real accounts: the first real one clears it away. */
export function addSampleRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.lookAround,
    anyone,
    async (_visitor, _input, request, reply) => {
      const facilitatorId = await house.db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`)
        if (!(await isEmpty(tx))) throw new Refusal('instance-in-use')
        const known = await findFacilitator(tx)
        if (known) return known
        await loadCircle(tx, house.now())
        return findFacilitator(tx)
      })
      await enterAs(house, facilitatorId, request, reply)
      return { slug: SAMPLE_SLUG }
    },
    { limit: [10, 60] },
  )

  answer(
    house,
    app,
    calls.switchSamplePerson,
    requireSignIn,
    async ({ account }, { body }, request, reply) => {
      const [other] = await house.db
        .select({ id: accounts.id })
        .from(accounts)
        .where(and(eq(accounts.id, body.accountId), eq(accounts.sample, true)))
      if (!account.sample || !other) throw new Refusal('not-found')
      await enterAs(house, other.id, request, reply)
      return {}
    },
  )
}

async function findFacilitator(tx: Transaction): Promise<string | undefined> {
  const [found] = await tx
    .select({ id: memberships.accountId })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(and(eq(groups.slug, SAMPLE_SLUG), eq(groups.sample, true), eq(memberships.role, 'facilitator')))
  return found?.id
}

async function enterAs(
  house: House,
  accountId: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (!accountId) throw new Error('The sample circle has no facilitator.')
  setSignInCookie(house, reply, await openSignIn(house, house.db, accountId, deviceOf(request)))
}
