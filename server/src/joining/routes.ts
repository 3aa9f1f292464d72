import type { FastifyRequest } from 'fastify'
import { joinCalls } from '#shared/joining.ts'
import { Refusal } from '#shared/refusals.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireTable } from '../live/require-table.ts'
import { networkOf } from '../network.ts'
import { anyone, type Visitor } from '../sign-in/guards.ts'
import { limitTries } from '../sign-in/tries.ts'
import { findByCode, requireOpenCode } from './find-by-code.ts'
import { joinAsGuest } from './join-as-guest.ts'
import { sendGuestOut } from './send-guest-out.ts'

const TOO_MANY =
  'That were many codes that opened nothing. Wait ten minutes, or ask whoever runs the session for its link.'

/** Into the room with its code. A whole evening may come over one line, so only codes that open nothing are counted. */
export function addJoiningRoutes(house: House, app: App): void {
  const ofLine = limitTries(house, { most: 30, minutes: 10, sentence: TOO_MANY })
  const ofAccount = limitTries(house, { most: 10, minutes: 10, sentence: TOO_MANY })

  async function counted<Result>(
    { account }: Visitor,
    { ip }: FastifyRequest,
    tryIt: () => Promise<Result>,
  ): Promise<Result> {
    const line = networkOf(ip)
    ofLine.check(line)
    if (account) ofAccount.check(account.id)
    const [tried] = await Promise.allSettled([tryIt()])
    // Of many that were sent at once, those beyond what may be tried learn nothing either.
    ofLine.check(line)
    if (account) ofAccount.check(account.id)
    if (tried.status === 'fulfilled') return tried.value
    const problem: unknown = tried.reason
    if (problem instanceof Refusal && problem.code === 'not-found') {
      ofLine.count(line)
      if (account) ofAccount.count(account.id)
    }
    throw problem
  }

  answer(
    house,
    app,
    joinCalls.findByCode,
    anyone,
    (visitor, { query }, request) => counted(visitor, request, () => findByCode(house, visitor, query.code)),
    { limit: [600, 60] },
  )
  answer(
    house,
    app,
    joinCalls.joinAsGuest,
    anyone,
    async (visitor, { body }, request, reply) => {
      // Before anybody is let in, so that nobody comes in who is refused.
      await counted(visitor, request, () => requireOpenCode(house, visitor, body.code))
      return joinAsGuest(house, visitor, body, request, reply)
    },
    { limit: [300, 60] },
  )
  answer(house, app, joinCalls.sendGuestOut, requireTable, (chair, { params }) =>
    sendGuestOut(house, chair, params.accountId),
  )
}
