import { Misused, type Command } from './cli/command.ts'
import { conformance } from './cli/conformance.ts'
import { episodeParse } from './cli/episode-parse.ts'
import { guideCheck } from './cli/guide-check.ts'
import { ssoForget, ssoRelease } from './cli/sso-release.ts'

/** What the command line can do: `npm run -s shortside -- COMMAND`. */
const COMMANDS: readonly Command[] = [guideCheck, episodeParse, conformance, ssoRelease, ssoForget]

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (problem) {
  if (!(problem instanceof Misused)) throw problem
  process.stderr.write(`${problem.message}\n\n${usage()}`)
  process.exitCode = 2
}

async function run(words: string[]): Promise<number> {
  if (words.length === 0 || ['help', '--help', '-h'].includes(words[0] ?? '')) {
    process.stdout.write(usage())
    return 0
  }
  for (const { name, run } of COMMANDS) {
    const length = name.split(' ').length
    if (words.slice(0, length).join(' ') === name)
      return await run(words.slice(length), (line) => process.stdout.write(`${line}\n`))
  }
  throw new Misused(`There is no command “${words.join(' ')}”.`)
}

function usage(): string {
  const typed = COMMANDS.map(({ name, takes }) => `${name} ${takes}`.trim())
  const width = Math.max(...typed.map(({ length }) => length))
  const lines = COMMANDS.map(({ does }, index) => `  ${typed[index]?.padEnd(width) ?? ''}  ${does}`)
  return `npm run -s shortside -- COMMAND\n\n${lines.join('\n')}\n`
}
