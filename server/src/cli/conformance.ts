import { enlist, NEEDED } from './conformance/people.ts'
import { NOT_SEEN_FROM_OUTSIDE, RULES } from './conformance/rules.ts'
import { openScene } from './conformance/scene.ts'
import type { Rule } from './conformance/trying.ts'
import { Misused, type Command, type Print } from './command.ts'

/** One rule that takes longer than this does not hold. */
const LONGEST_RULE = 30_000

/** How one rule was found. */
type Finding = { rule: string; title: string; holds: boolean; problem?: string }

/** Speaks only HTTP and WebSocket, so it can be pointed at any instance. */
export const conformance: Command = {
  name: 'conformance',
  takes: 'URL [--json] [--only L1,L4]',
  does: 'Check the numbered rules of the live room (docs/live-sessions.md) against a running instance.',
  run: async (given, print) => {
    const wanted = readWords(given)
    try {
      return await check(wanted, print)
    } catch (problem) {
      if (problem instanceof Misused) throw problem
      say(`It could not be tried: ${sentenceOf(problem)}`)
      return 1
    }
  },
}

const say = (line: string) => void process.stderr.write(`${line}\n`)

/** What `fetch` says when nobody answers is no help. */
const sentenceOf = (problem: unknown): string =>
  problem instanceof TypeError && problem.message === 'fetch failed'
    ? 'nobody answers at that address.'
    : problem instanceof Error
      ? problem.message
      : String(problem)

type Wanted = { origin: string; json: boolean; rules: readonly Rule[] }

function readWords(given: readonly string[]): Wanted {
  const json = given.includes('--json')
  const rules = readOnly(given)
  const [address, more] = given.filter(
    (word, at) => word !== '--json' && word !== '--only' && given[at - 1] !== '--only',
  )
  if (address === undefined)
    throw new Misused('Which instance? Name its address, such as https://circle.example.org.')
  if (more !== undefined) throw new Misused(`One instance at a time, please: “${more}” is one too many.`)
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Misused(`“${address}” is no address of an instance, such as https://circle.example.org.`)
  return { origin: new URL(address).origin, json, rules }
}

/** All rules, or those that are named after `--only`. */
function readOnly(given: readonly string[]): readonly Rule[] {
  const at = given.indexOf('--only')
  if (at < 0) return RULES
  const named = (given[at + 1] ?? '').split(',').filter((word) => word !== '')
  const strange = named.find((word) => !RULES.some(({ number }) => number === word))
  if (named.length === 0 || strange !== undefined)
    throw new Misused(
      `Name rules that can be tried, such as --only L1,L4${strange === undefined ? '' : `; “${strange}” is none of them`}.`,
    )
  return RULES.filter(({ number }) => named.includes(number))
}

async function check({ origin, json, rules }: Wanted, print: Print): Promise<number> {
  say(
    process.env.CONFORMANCE_ACCOUNTS
      ? `At ${origin}, your ${String(NEEDED)} accounts make a private group of their own with some sessions, and end it. Nothing else is touched; they get its mails.`
      : `At ${origin}, ${String(NEEDED)} accounts and a private group with some sessions are made, and deleted again. Nothing else is touched, and no mail leaves.`,
  )
  const people = await enlist(origin, process.env)
  const findings: Finding[] = []
  try {
    const scene = await openScene(people)
    try {
      for (const { number: rule, title, hold } of rules) {
        const problem = await within(LONGEST_RULE, hold(scene))
        findings.push({ rule, title, holds: problem === undefined, ...(problem ? { problem } : {}) })
        if (!json) print(`${rule} ${title}: ${problem === undefined ? 'holds' : `does not hold: ${problem}`}`)
        await scene.tidy()
        for (const line of people.all.flatMap(({ lines }) => lines.splice(0))) line.close()
      }
    } finally {
      await scene.end()
    }
  } finally {
    await people.leave()
  }
  const broken = findings.filter(({ holds }) => !holds).length
  if (json) print(JSON.stringify({ origin, rules: findings, notTried: NOT_SEEN_FROM_OUTSIDE }, null, 2))
  else {
    print(`Not tried: ${NOT_SEEN_FROM_OUTSIDE}`)
    print(
      broken === 0
        ? `All ${String(findings.length)} rules hold.`
        : `${String(broken)} of ${String(findings.length)} rules do not hold.`,
    )
  }
  return broken === 0 ? 0 : 1
}

/** What is wrong, in words; nothing when it holds. */
async function within(time: number, work: Promise<void>): Promise<string | undefined> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve(`It took longer than ${String(time / 1000)} seconds.`), time)
  const done = work.then(() => undefined, sentenceOf)
  const found = await Promise.race([done, late.promise])
  clearTimeout(timer)
  return found
}
