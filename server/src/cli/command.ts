import { resolve } from 'node:path'

/** One command of the command line. */
export type Command = {
  /** As it is typed, such as `guide check`. */
  readonly name: string
  /** What may follow it, such as `[FILE]`; empty when nothing may. */
  readonly takes: string
  /** One line for the list of commands. */
  readonly does: string
  /** Prints its result and gives the exit code: 0 when all is well, 1 when something is wrong. */
  readonly run: (given: readonly string[], print: Print) => number | Promise<number>
}
/** Prints a line. */
export type Print = (line: string) => void

/** A file as the person named it: npm runs scripts at the top of the checkout, wherever they were started. */
export const pathOf = (file: string): string =>
  resolve((process.env.npm_lifecycle_event === 'shortside' && process.env.INIT_CWD) || '.', file)

/** Says what was typed wrong; the list of commands is shown with it, and the exit code is 2. */
export class Misused extends Error {}

/** The one file that may follow a command. @throws Misused when more follows. */
export function oneFile(given: readonly string[]): string | undefined {
  const [file, more] = given
  if (more !== undefined) throw new Misused(`One file at a time, please: “${more}” is one too many.`)
  if (file?.startsWith('-')) throw new Misused(`There is no option ${file}.`)
  return file
}
