import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#db/connect.ts'
import { accounts, groups } from '#db/schema.ts'
import { CHECKOUT } from '#server/config.ts'
import { openBrokenFront, type Flaw } from '#tests/broken-front.ts'
import { openInstance } from '#tests/instance.ts'

const OPERATOR = 'olga@example.org:a password that is long'

/** Each rule that does not hold is waited for, and each run is a process of its own. */
const SLOWEST = 600_000

type Result = { rules: { rule: string; title: string; holds: boolean; problem?: string }[] }

/** An instance whose operator is Olga; mail is kept for her. */
async function openOlgas() {
  const instance = await openInstance({ pages: false })
  onTestFinished(() => instance.stop())
  const [email, password] = OPERATOR.split(':')
  const answer = await fetch(`${instance.origin}/api/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: instance.origin },
    body: JSON.stringify({ email, password, name: 'Olga', zone: 'UTC' }),
  })
  expect(await answer.json()).toEqual({ signedIn: true })
  return instance
}

async function run(words: string[], env: Record<string, string> = { CONFORMANCE_OPERATOR: OPERATOR }) {
  const child = spawn(process.execPath, [join(CHECKOUT, 'server/src/cli.ts'), 'conformance', ...words], {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
  })
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ])
  return { out, error, code }
}

it(
  'holds the rules of the live room against a running instance from outside, and leaves nothing behind',
  { timeout: SLOWEST },
  async () => {
    const { origin, databaseUrl } = await openOlgas()
    const { out, error, code } = await run([origin])

    const lines = out.trim().split('\n')
    expect(lines.filter((line) => line.includes('does not hold'))).toEqual([])
    expect(lines[0]).toBe('L1 One state: holds')
    expect(lines).toContain('L4 Written alone: holds')
    expect(lines.at(-1)).toMatch(/^All \d+ rules hold\.$/)
    expect(code).toBe(0)
    expect(error).toContain('Nothing else is touched')

    const { db, close } = openDatabase(databaseUrl)
    onTestFinished(close)
    expect((await db.select().from(accounts)).map(({ name }) => name)).toEqual(['Olga'])
    expect(await db.select().from(groups)).toEqual([])
  },
)

/** What none of them breaks. */
const HOLDS = 'L11'

const NOTICED: [Exclude<Flaw, 'none'>, string[]][] = [
  ['doubles', ['L1', 'L7']],
  ['drops', ['L1', 'L7']],
  ['reorders', ['L1', 'L7']],
  ['leaks', ['L4']],
  ['forgets', ['L4', 'L5', 'L16', 'L24']],
]

it(
  'notices a front that doubles, drops or reorders news, that shows an answer too early, or forgets one',
  { timeout: SLOWEST },
  async () => {
    const { origin } = await openOlgas()
    const tried = await Promise.all(
      NOTICED.map(async ([flaw, rules]) => {
        const front = await openBrokenFront(origin, flaw)
        const { out, code } = await run([front.origin, '--json', '--only', [...rules, HOLDS].join(',')])
        await front.close()
        return { flaw, rules, code, found: (JSON.parse(out) as Result).rules }
      }),
    )
    for (const { flaw, rules, code, found } of tried) {
      const broken = found.filter(({ holds }) => !holds).map(({ rule }) => rule)
      expect(broken, flaw).toEqual(rules)
      expect(found.map(({ rule }) => rule)).toContain(HOLDS)
      expect(code).toBe(1)
    }
  },
)

it('says what it needs, and touches nothing before it has it', { timeout: SLOWEST }, async () => {
  const { origin } = await openOlgas()
  const nobody = { CONFORMANCE_OPERATOR: '', CONFORMANCE_ACCOUNTS: '' }
  const asked = await Promise.all([
    run([]),
    run(['nowhere']),
    run([origin], nobody),
    run([origin], { ...nobody, CONFORMANCE_ACCOUNTS: OPERATOR }),
    run([origin, '--only', 'L1,L999']),
  ])
  const words = [
    'Which instance?',
    'no address',
    'CONFORMANCE_OPERATOR',
    'four are needed',
    '“L999” is none of them',
  ]
  for (const [at, { error, code }] of asked.entries()) {
    expect(error).toContain(words[at])
    expect(code).toBe(2)
  }
})
