import type { LightMyRequestResponse } from 'fastify'
import { expect, it } from 'vitest'
import { api } from '#shared/api.ts'
import type { Call } from '#shared/contract.ts'
import { CALLS } from '#tests/privacy-calls.ts'
import {
  callOf,
  CALL_NAMES,
  elsewhere,
  rowOf,
  send,
  verdictOf,
  whoHas,
  wordsOf,
  type CallName,
  type Parts,
} from '#tests/privacy-ask.ts'
import { PEOPLE, type Who } from '#tests/privacy-people.ts'
import { takeSnapshot, type Snapshot } from '#tests/privacy-snapshot.ts'
import { mayAlsoRead, READERS } from '#tests/privacy-words.ts'
import { canariesIn, openWorld, type World } from '#tests/privacy-world.ts'

/** Calls that take their time for everybody; they change nothing that another one of them looks at. */
const TOGETHER: CallName[] = ['signUp', 'signIn', 'mailSignInLink', 'mailResetLink', 'mailVerifyLink']

it('P1–P5, P8, P10: every call gives each person what they may read, nothing else, and nothing to the log', async () => {
  const lines: string[] = []
  const world = await openWorld({
    log: { write: (line) => void lines.push(line) },
    settings: { logLevel: 'trace' },
  })
  const snapshot = await takeSnapshot(world.databaseUrl)
  expect(Object.keys(CALLS).toSorted()).toEqual(Object.keys(api).toSorted())
  expect(await served(world)).toEqual([...Object.values<Call>(api).map(toRoute), ...BESIDE].toSorted())
  expect(await unseeded(snapshot)).toEqual([])

  const seen = new Map([...READERS.keys()].map((word) => [word, new Set<Who>()]))
  const wrong: string[] = []
  const hear = (who: Who, where: string, words: string) => {
    for (const word of canariesIn(words)) {
      const may = READERS.get(word)
      if (!may) wrong.push(`Nobody says who may read ${word}`)
      else if (may.includes(who)) seen.get(word)?.add(who)
      else if (!mayAlsoRead(word, who)) wrong.push(`${who} reads ${word} in ${where}`)
    }
  }
  const ask = async (name: CallName, who: Who, given?: Parts) => {
    const parts = given ?? rowOf(name).ask?.(world, who) ?? {}
    const answer = await send(world.people[who], name, parts)
    hear(who, name, wordsOf(answer))
    const said = verdictOf(answer)
    const expected = rowOf(name).says[who]
    if (said !== expected) wrong.push(`${name} says ${said} to ${who}, not ${expected}: ${answer.body}`)
    if (expected === 'not-found' && who === 'stranger')
      wrong.push(...(await compare(world, name, parts, answer)))
    return answer
  }
  const settle = async (name: CallName) => {
    for (const { recipient, words } of await snapshot.newMail()) {
      const who = whoHas(world, recipient)
      // Their sign-in has expired, not their membership.
      if (who) hear(who === 'expired' ? 'facilitator' : who, `mail of ${name}`, words)
    }
    await snapshot.restore()
  }

  for (const name of CALL_NAMES) {
    const reading = callOf(name).method === 'GET'
    if (reading || TOGETHER.includes(name)) {
      await Promise.all(PEOPLE.map((who) => ask(name, who)))
      if (!reading) await settle(name)
    } else {
      for (const who of PEOPLE) if ((await ask(name, who)).statusCode < 300) await settle(name)
    }
  }
  for (const sessionId of [world.pastId, world.liveId, world.cancelledId])
    for (const name of ['getSession', 'getRoom'] as const)
      await Promise.all(PEOPLE.map((who) => ask(name, who, { params: { sessionId } })))

  expect(wrong).toEqual([])
  // The other side: whoever may read a word has read it.
  for (const [word, who] of seen)
    expect([word, [...who].toSorted()]).toEqual([word, [...(READERS.get(word) ?? [])].toSorted()])
  expect(secretsIn(lines.join(''), world)).toEqual([])
}, 240_000)

/** What is no call: the description of the API, and the socket, whose people are in privacy-sockets.test.ts. */
const BESIDE = ['GET /api/openapi.json', 'GET /api/rooms/{roomId}/socket']
const toRoute = ({ method, path }: Call) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`

/** What the server answers: a route that is not in the contract would be in no table. */
async function served({ people }: World): Promise<string[]> {
  const { paths } = (await people.anonymous.request({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, object>>
  }>()
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .toSorted()
}

/** Whoever may not know of a thing hears exactly what they hear of a thing that never was. */
async function compare(
  world: World,
  name: CallName,
  parts: Parts,
  answer: LightMyRequestResponse,
): Promise<string[]> {
  const other = await send(world.people.stranger, name, elsewhere(parts))
  const all = ({ statusCode, body, headers }: LightMyRequestResponse) =>
    JSON.stringify([statusCode, body, { ...headers, date: '' }])
  return all(answer) === all(other)
    ? []
    : [`${name} tells a stranger what is there: ${all(answer)} ${all(other)}`]
}

/** Columns that hold no words of people, or hold what opens something and is looked for elsewhere. */
const WORDLESS =
  /\.(slug|kind|visibility|admission|rhythm|zone|programme_id|role|status|state|question|purpose_of|template_id|noticed(_before)?|answer|device|password_hash|token_hash|item|suggestion|event|naming|relation|lookup|sealed|round_key|hidden_as|approval|action|method|skill)$|^groups\.language$|^passages\.language$|^reports\.(reason|to|decision)$|^following\.|^thread_following\.level$|^mails\.stop_url$|^series\.(rule|starts_local)$|^sessions\.occurrence$|^sign_ins\.id$|^mail_links\.|^organizations\.oidc_client_secret$|^sso_(attempts|links|sign_ins)\.|^sealed_answers\.writer$|^join_codes\.code$|^templates\.source_kind$|^ballot(_count)?s\.dots$|^go_round_seats\.aside$/

/** Columns without a canary: whoever adds one says who may read it. */
async function unseeded(snapshot: Snapshot): Promise<string[]> {
  const columns = await snapshot.columns()
  return [...columns].flatMap(([name, values]) =>
    WORDLESS.test(name) || canariesIn(values).length > 0 ? [] : [name],
  )
}

/** Words, cookies and tokens that stand in a text. */
const secretsIn = (text: string, { people, inviteToken }: World): string[] => [
  ...canariesIn(text),
  ...[...Object.values(people).map(({ cookie }) => cookie.replace('signin=', '')), inviteToken].filter(
    (secret) => secret !== '' && text.includes(secret),
  ),
]
