import { and, desc, eq, isNull } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accounts, mails, memberships, signIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { signInCalls as calls, type Account, type MailLinkPurpose, type Visit } from '#shared/sign-in.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { refuseCompanyOnly } from './company-only.ts'
import { normaliseEmail } from './email.ts'
import { clearSignInCookie, closeSignIn, openSignIn, setSignInCookie } from './engine.ts'
import { anyone, requireOperator, requireSignIn, type AccountRow, type Visitor } from './guards.ts'
import { endSignIns, readMailLink, sendMailLink, useMailLink } from './mail-links.ts'
import { passwordMatches } from './passwords.ts'
import { isEmpty, signUp } from './sign-up.ts'
import { limitTries } from './tries.ts'

const MAILS_SHOWN = 200

export function addSignInRoutes(house: House, app: App): void {
  const guesses = limitTries(house, {
    most: 10,
    minutes: 15,
    sentence:
      'That was the wrong password too often. Wait a quarter of an hour, or have a sign-in link mailed to you.',
  })
  const mailed = limitTries(house, {
    most: 5,
    minutes: 15,
    sentence:
      'We mailed several links to that address already. Look into its folder for unwanted mail, or wait a quarter of an hour.',
  })
  const mailTo = async (email: string, purpose: MailLinkPurpose, next?: string) => {
    await refuseCompanyOnly(house.db, normaliseEmail(email))
    mailed.check(normaliseEmail(email))
    mailed.count(normaliseEmail(email))
    await sendMailLink(house, email, purpose, next)
    return {}
  }

  answer(house, app, calls.visit, anyone, (visitor) => visit(house, visitor))

  answer(
    house,
    app,
    calls.signUp,
    anyone,
    async ({ signInId }, { body }, request, reply) => {
      requireZone(body.zone)
      await refuseCompanyOnly(house.db, normaliseEmail(body.email))
      mailed.check(normaliseEmail(body.email))
      mailed.count(normaliseEmail(body.email))
      const { token } = await signUp(house, body, deviceOf(request))
      if (token) await enter(house, reply, token, signInId)
      return { signedIn: token !== undefined }
    },
    { limit: [10, 600] },
  )

  answer(
    house,
    app,
    calls.signIn,
    anyone,
    async ({ signInId }, { body }, request, reply) => {
      const email = normaliseEmail(body.email)
      guesses.check(email)
      guesses.count(email)
      const [account] = await house.db.select().from(accounts).where(eq(accounts.email, email))
      const matches = await passwordMatches(body.password, account?.passwordHash ?? null)
      // Said of the domain, whoever has the account and whatever was typed.
      await refuseCompanyOnly(house.db, email)
      if (!matches || !account) throw new Refusal('wrong-password')
      guesses.forget(email)
      await enter(house, reply, await openSignIn(house, house.db, account.id, deviceOf(request)), signInId)
      return {}
    },
    { limit: [20, 300] },
  )

  answer(house, app, calls.signOut, requireSignIn, async ({ signInId }, _input, _request, reply) => {
    await closeSignIn(house, signInId)
    clearSignInCookie(house, reply)
    return {}
  })

  const mailing = { limit: [10, 600] } as const
  answer(
    house,
    app,
    calls.mailSignInLink,
    anyone,
    (_visitor, { body }) => mailTo(body.email, 'sign-in', body.next),
    mailing,
  )
  answer(
    house,
    app,
    calls.mailResetLink,
    anyone,
    (_visitor, { body }) => mailTo(body.email, 'reset'),
    mailing,
  )
  answer(
    house,
    app,
    calls.mailVerifyLink,
    requireSignIn,
    ({ account }) => mailTo(account.email, 'verify'),
    mailing,
  )

  answer(
    house,
    app,
    calls.readMailLink,
    anyone,
    (_visitor, { params }) => readMailLink(house, params.token),
    { limit: [60, 60] },
  )
  answer(
    house,
    app,
    calls.useMailLink,
    anyone,
    async ({ signInId }, { params, body }, request, reply) => {
      const { token, next } = await useMailLink(house, params.token, body.password, deviceOf(request))
      await enter(house, reply, token, signInId)
      return { next }
    },
    { limit: [20, 300] },
  )

  answer(house, app, calls.changeMe, requireSignIn, async ({ account }, { body }) => {
    if (body.zone) requireZone(body.zone)
    const [changed] = await house.db
      .update(accounts)
      .set({ name: body.name?.trim() ?? account.name, zone: body.zone ?? account.zone })
      .where(eq(accounts.id, account.id))
      .returning()
    house.kept.clear()
    return toAccount(changed ?? account)
  })

  answer(house, app, calls.listSignIns, requireSignIn, async ({ account, signInId }) => {
    const open = await house.db
      .select()
      .from(signIns)
      .where(eq(signIns.userId, account.id))
      .orderBy(desc(signIns.createdAt))
    return open.map((one) => ({
      id: shortName(one.id),
      device: one.device,
      since: one.createdAt.toISOString(),
      current: one.id === signInId,
    }))
  })
  answer(house, app, calls.endSignIn, requireSignIn, async ({ account }, { params }) => {
    const open = await house.db.select({ id: signIns.id }).from(signIns).where(eq(signIns.userId, account.id))
    const one = open.find(({ id }) => shortName(id) === params.id)
    if (!one) throw new Refusal('not-found')
    await closeSignIn(house, one.id)
    return {}
  })
  answer(house, app, calls.endOtherSignIns, requireSignIn, async ({ account, signInId }) => {
    await endSignIns(house, house.db, account.id, signInId)
    return {}
  })

  answer(house, app, calls.listOutbox, requireOperator, async () => {
    if (house.config.smtpUrl) return []
    const kept = await house.db
      .select()
      .from(mails)
      .where(isNull(mails.sentAt))
      .orderBy(desc(mails.number))
      .limit(MAILS_SHOWN)
    return kept.map(({ id, recipient, subject, text, createdAt }) => ({
      id,
      recipient,
      subject,
      text,
      createdAt: createdAt.toISOString(),
    }))
  })
}

/** Whoever comes in gets a new cookie; the sign-in that this browser had before ends. */
export async function enter(
  house: House,
  reply: FastifyReply,
  token: string,
  before: string | undefined,
): Promise<void> {
  if (before) await closeSignIn(house, before)
  setSignInCookie(house, reply, token)
}

async function visit(house: House, { account }: Visitor): Promise<Visit> {
  return {
    origin: house.config.origin,
    account: account ? toAccount(account) : null,
    empty: (!account || account.sample) && (await isEmpty(house.db)),
    sendsMail: Boolean(house.config.smtpUrl),
    outbox: Boolean(account?.operator) && !house.config.smtpUrl,
    samplePeople: account?.sample ? await samplePeople(house) : [],
  }
}

/** The three people of the sample circle that one may be: each sees another side of it. */
async function samplePeople(house: House): Promise<Visit['samplePeople']> {
  const people = await house.db
    .select({ id: accounts.id, name: accounts.name, role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(accounts.sample, true), eq(memberships.status, 'active')))
    .orderBy(memberships.turn)
  const roles = ['organizer', 'facilitator', 'member'] as const
  return roles.flatMap((role) => people.filter((person) => person.role === role).slice(0, 1))
}

export function toAccount({ id, email, name, verifiedAt, operator, sample, zone }: AccountRow): Account {
  return { id, email, name, verified: verifiedAt !== null, operator, sample, zone }
}

export const deviceOf = ({ headers }: FastifyRequest) => headers['user-agent'] ?? ''

/** Enough of a sign-in's id to tell mine apart; it can't be turned back into a token either way. */
const shortName = (signInId: string) => signInId.slice(0, 16)

/** @throws Refusal `invalid` when it is no time zone that this machine knows. */
export function requireZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw new Refusal('invalid', `“${zone}” is not a time zone. Choose one such as Europe/Berlin.`, 'zone')
  }
}
