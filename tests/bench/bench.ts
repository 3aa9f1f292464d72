import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Stage } from './stage.ts'

/** A figure of ours beside the bare one: what the machine needs for the same work with nothing of ours around it. */
export type Bench = {
  name: string
  /** What is measured, in a few words. */
  about: string
  unit: string
  /** `ours` is at most so many times `bare`. */
  goal: number
  /** Brings up what is measured, and gives one turn of each. A turn says nothing; its time is taken. */
  prepare: (stage: Stage) => Promise<{ ours: () => Promise<void>; bare: () => Promise<void>; parts: number }>
  /** The bare side, when it is a server: in a process of its own, as the application is. */
  serveBare?: (app: FastifyInstance, pool: pg.Pool) => void
}

/** As `--json` prints it. */
export type Result = {
  name: string
  unit: string
  ours: number
  bare: number
  ratio: number
  goal: number
  met: boolean
}
