import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/api.ts'
import type { SessionView } from '#shared/live.ts'
import { canary } from '#tests/canary.ts'
import { chair, type World } from './world.ts'

/** What somebody has in front of them when they do something: perhaps an old state. */
export type Page = {
  readonly accountId: string
  readonly view: SessionView
  /** What this device knows of my answers: by block, the id and how often the text changed. */
  readonly written: Map<string, { id: string; revision: number }>
  /** How often my ballot changed on this device, by block. */
  readonly voted: Map<string, number>
}

/** A request as it goes out, to be sent once, twice or much later, and what must become of it then. */
export type Request = {
  readonly name: string
  readonly send: (api: Client) => Promise<unknown>
  /** Changes the world and gives what is answered; `undefined` when anything may be. @throws No */
  readonly happen: (world: World, now: number) => unknown
}

/** What somebody does with a page. `pick` chooses where there is a choice, sensible or not. */
export type Deed = (page: Page, pick: number) => Request

export const at = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)]

/** Words that stand nowhere else, so that whoever reads them too early is caught. */
export const secret = () => canary(randomUUID().replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? ''))

/** Only whoever runs the session does it, with an id of the command. */
export const chairs =
  (
    name: string,
    send: (
      api: Client,
      params: { sessionId: string },
      page: Page,
      pick: number,
      id: string,
    ) => Promise<unknown>,
    happen: (world: World, page: Page, pick: number, now: number, id: string) => void,
  ): Deed =>
  (given, pick) => {
    // The page goes on meanwhile; what was seen stays what it was.
    const page = { ...given, accountId: given.accountId, view: given.view }
    const id = randomUUID()
    return {
      name,
      send: (api) => send(api, { sessionId: page.view.session.id }, page, pick, id),
      happen: (world, now) => {
        chair(world, page.accountId)
        happen(world, page, pick, now, id)
        return {}
      },
    }
  }
