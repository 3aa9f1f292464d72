import { parseArgs } from 'node:util'
import type { Result } from './bench.ts'
import { findBenches } from './find-benches.ts'
import { openStage } from './stage.ts'

/** `npm run bench`, `npm run bench -- discovery`, `npm run bench -- --json`. What is going on is told beside the result. */
const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})

try {
  await run()
} catch (problem) {
  process.stderr.write(`\n${problem instanceof Error ? problem.message : String(problem)}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const results: Result[] = []
  for (const bench of await findBenches(positionals)) {
    const began = performance.now()
    const progress = (words: string) => {
      const seconds = Math.round((performance.now() - began) / 1000)
      tell(`${bench.name}: ${words} (${seconds} s)`)
    }
    progress(bench.about)
    const stage = await openStage(progress)
    try {
      results.push(...(await bench.measure(stage)))
    } finally {
      await stage.close()
    }
  }
  tell('')
  process.stdout.write(values.json ? `${JSON.stringify({ results })}\n` : table(results))
}

/** One line that is written over, where somebody looks on; a line each in a log. */
function tell(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`)
  else if (words) process.stderr.write(`${words}\n`)
}

function table(results: readonly Result[]): string {
  const rows = [
    ['bench', 'ours', 'bare', 'ratio', 'goal', ''],
    ...results.map(({ name, unit, ours, bare, ratio, goal, goalFor, atLeast, met }) => [
      name,
      `${ours.toFixed(2)} ${unit}`,
      `${bare.toFixed(2)} ${unit}`,
      `${ratio.toFixed(2)} ×`,
      `${atLeast ? '≥' : '≤'} ${goal} ${goalFor === 'ours' ? unit : '×'}`,
      met ? 'met' : 'not met',
    ]),
  ]
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('   ')
      .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}
