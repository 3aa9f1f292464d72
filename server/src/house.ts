import type { Db } from '#db/connect.ts'
import type { Config } from './config.ts'
import type { Jobs } from './jobs.ts'
import type { Kept } from './kept.ts'
import type { Links } from './links.ts'
import type { Rooms } from './rooms/rooms.ts'
import type { Seals } from './seals.ts'

/** What every feature stands on. Made once at start, handed down as the first parameter. */
export type House = {
  readonly config: Config
  readonly db: Db
  readonly jobs: Jobs
  readonly links: Links
  readonly seals: Seals
  readonly rooms: Rooms
  readonly kept: Kept
  /** The time. Tests turn it by hand. */
  readonly now: () => Date
}
