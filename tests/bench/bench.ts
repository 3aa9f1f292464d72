import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Stage } from './stage.ts'

/** A figure of ours beside the bare one: what the machine needs for the same work with nothing of ours around it. */
export type Bench = {
  name: string
  /** What is measured, in a few words. */
  about: string
  /** Brings up what is measured, and measures it (turns.ts, load.ts). */
  measure: (stage: Stage) => Promise<Result[]>
  /** The bare side, when it is a server: in a process of its own, as the application is. */
  serveBare?: (app: FastifyInstance, pool: pg.Pool) => unknown
}

/** As `--json` prints it. */
export type Result = {
  name: string
  unit: string
  ours: number
  bare: number
  /** `ours` by `bare`. */
  ratio: number
  goal: number
  /** What the goal is for; without a word, for the ratio. */
  goalFor?: 'ours'
  /** Without a word, the goal is the most it may be. */
  atLeast?: true
  met: boolean
}

/** A result with what follows from its figures. */
export function judge(figures: Omit<Result, 'ratio' | 'met'>): Result {
  const { ours, bare, goal, goalFor, atLeast } = figures
  const ratio = ours / bare
  const figure = goalFor === 'ours' ? ours : ratio
  return {
    ...figures,
    ours: rounded(ours),
    bare: rounded(bare),
    ratio: rounded(ratio),
    met: atLeast ? figure >= goal : figure <= goal,
  }
}

export const rounded = (number: number): number => Math.round(number * 1000) / 1000

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
