import { readdirSync } from 'node:fs'
import type { Bench } from './bench.ts'

const FOLDER = new URL('benches/', import.meta.url)

/** The benches of the folder, one file each; all of them when no name is given. */
export async function findBenches(names: readonly string[]): Promise<Bench[]> {
  const there = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
  const files = names.map((name) => name.replaceAll(' ', '-'))
  const unknown = files.find((name) => !there.includes(name))
  if (unknown !== undefined)
    throw new Error(`There is no bench “${unknown}”. There are: ${there.join(', ')}.`)
  const wanted = files.length > 0 ? files : there
  return Promise.all(
    wanted.map(async (name) => {
      const { bench } = (await import(new URL(`${name}.ts`, FOLDER).href)) as { bench: Bench }
      return bench
    }),
  )
}
