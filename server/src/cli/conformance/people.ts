import { randomBytes } from 'node:crypto'
import { signInCalls } from '#shared/sign-in.ts'
import { myDataCalls } from '#shared/my-data.ts'
import { Misused } from '../command.ts'
import { Broken, Visitor } from './visitor.ts'

export const NEEDED = 4

/** Four people who are signed in, and how they leave again. */
export type People = { all: [Visitor, Visitor, Visitor, Visitor]; leave: () => Promise<void> }

type Credentials = { email: string; password: string }

/** "ada@example.org:her password", as it stands in an environment variable. */
export function readCredentials(words: string): Credentials {
  const at = words.indexOf(':')
  if (at < 1 || !words.slice(0, at).includes('@') || at === words.length - 1)
    throw new Misused('Write an account as ADDRESS:PASSWORD.')
  return { email: words.slice(0, at), password: words.slice(at + 1) }
}

/**
 * By the operator's account, people are made for this run alone: their mails are kept for the operator, who reads the links
 * that confirm them. Where mail leaves the house, four existing accounts are needed.
 */
export async function enlist(origin: string, env: NodeJS.ProcessEnv): Promise<People> {
  const given = (env.CONFORMANCE_ACCOUNTS ?? '').split('\n').filter((line) => line.trim() !== '')
  if (given.length > 0)
    return existing(
      origin,
      given.map((line) => readCredentials(line.trim())),
    )
  if (!env.CONFORMANCE_OPERATOR)
    throw new Misused(
      'Who does it? Set CONFORMANCE_OPERATOR to the operator’s ADDRESS:PASSWORD where mail is kept, or CONFORMANCE_ACCOUNTS to four accounts, one a line.',
    )
  return invented(origin, readCredentials(env.CONFORMANCE_OPERATOR))
}

async function existing(origin: string, given: Credentials[]): Promise<People> {
  if (given.length !== NEEDED)
    throw new Misused(
      `CONFORMANCE_ACCOUNTS names ${String(given.length)} accounts; four are needed, one a line.`,
    )
  const all: Visitor[] = []
  for (const credentials of given) all.push(await comeIn(new Visitor(origin), credentials))
  return {
    all: all as People['all'],
    leave: async () => {
      for (const one of all) await one.ask(signInCalls.signOut, undefined)
    },
  }
}

async function invented(origin: string, credentials: Credentials): Promise<People> {
  const operator = await comeIn(new Visitor(origin), credentials)
  const { sendsMail, account } = await operator.ask(signInCalls.visit, undefined)
  if (!account?.operator) throw new Misused(`${credentials.email} is not an operator of this instance.`)
  if (sendsMail)
    throw new Misused(
      'This instance sends its mail away, so new accounts can’t be confirmed here. Name four existing accounts in CONFORMANCE_ACCOUNTS.',
    )
  const password = randomBytes(18).toString('base64url')
  const mark = randomBytes(6).toString('hex')
  const all: Visitor[] = []
  const leave = async () => {
    // The organizer last: with the last person the group goes.
    for (const one of all.toReversed()) await one.ask(myDataCalls.deleteAccount, { body: { password } })
    await operator.ask(signInCalls.signOut, undefined)
  }
  try {
    for (let count = 1; count <= NEEDED; count += 1) {
      const email = `conformance-${mark}-${String(count)}@example.org`
      const visitor = new Visitor(origin)
      const body = { email, name: `Conformance ${String(count)}`, password, zone: 'UTC' }
      await visitor.ask(signInCalls.signUp, { body })
      const outbox = await operator.ask(signInCalls.listOutbox, undefined)
      const mail = outbox.find(({ recipient }) => recipient === email)
      const token = /\/mail-link\/([^\s/?#]{20,200})/.exec(mail?.text ?? '')?.[1]
      if (!token) throw new Broken('The mail that confirms a new account is not in the operator’s outbox.')
      await visitor.ask(signInCalls.useMailLink, { params: { token }, body: {} })
      all.push(await whoIs(visitor))
    }
  } catch (problem) {
    await leave()
    throw problem
  }
  return { all: all as People['all'], leave }
}

async function comeIn(visitor: Visitor, body: Credentials): Promise<Visitor> {
  await visitor.ask(signInCalls.signIn, { body })
  return whoIs(visitor)
}

async function whoIs(visitor: Visitor): Promise<Visitor> {
  const { account } = await visitor.ask(signInCalls.visit, undefined)
  if (!account) throw new Broken('Somebody who signed in is not known afterwards.')
  visitor.accountId = account.id
  return visitor
}
