import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { endingCalls } from '#shared/endings.ts'
import type { BlockKind } from '#shared/guide.ts'
import { groupCalls } from '#shared/group-calls.ts'
import { inviteCalls } from '#shared/invites.ts'
import { liveCalls, type LiveEvent, type Room } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { sessionCalls, type BlockDraft } from '#shared/sessions.ts'
import type { People } from './people.ts'
import { Broken, type Line, type Visitor } from './visitor.ts'

/** A group of this run: one who organizes it, two members, and a stranger. */
export type Scene = {
  ada: Visitor
  ben: Visitor
  cleo: Visitor
  zoe: Visitor
  slug: string
  /** A session with these blocks, open, with Ben and Cleo in it; or as it is before that. */
  open: (blocks: Wanted[], how?: { opened: boolean }) => Promise<Meeting>
  /** Closes what a rule left open. */
  tidy: () => Promise<void>
  /** Ends the group. */
  end: () => Promise<void>
}

export type Wanted = { kind: BlockKind; minutes?: number; options?: BlockDraft['options'] }

export type Meeting = {
  sessionId: string
  params: { sessionId: string }
  blockIds: string[]
  load: (visitor: Visitor) => Promise<Room>
  /** Follows from now on. */
  follow: (visitor: Visitor) => Promise<Watching>
  goTo: (at: number) => Promise<void>
  close: () => Promise<void>
}
export type Watching = {
  line: Line
  /** Holds that what was heard has no gap, and folds to what is loaded now. */
  agrees: () => Promise<Room>
}

/** A session lies ahead when it is scheduled; its room may be open before. */
const SOON = 5 * 60_000

export async function openScene({ all: [ada, ben, cleo, zoe] }: People): Promise<Scene> {
  const { slug } = await ada.ask(groupCalls.createGroup, {
    body: {
      ...{ id: randomUUID(), kind: 'internal', name: `Conformance ${randomUUID().slice(0, 8)}` },
      ...{ purpose: 'Made by the conformance script; it ends it again.', visibility: 'private' },
      ...{ admission: 'invite-only', domains: [], programmeId: null, rhythm: 'none', zone: 'UTC' },
      ...{ firstSessionAt: null, places: 8, city: null, venue: null, room: null, onlineLink: null },
    },
  })
  const invite = async (visitor: Visitor) => {
    const { token } = await inviteTo(ada, slug)
    await visitor.ask(inviteCalls.acceptInvite, { params: { token }, body: {} })
  }
  for (const one of [ben, cleo]) await invite(one)
  const end = async () => {
    await ada.ask(endingCalls.endGroup, { params: { slug }, body: { thanks: '' } })
  }
  const opened: Meeting[] = []
  const tidy = async () => {
    for (const { params, load } of opened.splice(0))
      if ((await load(ada)).view.session.status === 'live') await ada.ask(liveCalls.closeSession, { params })
  }
  return { ada, ben, cleo, zoe, slug, open: remember, tidy, end }

  async function remember(...given: Parameters<typeof open>): Promise<Meeting> {
    const meeting = await open(...given)
    opened.push(meeting)
    return meeting
  }

  async function open(wanted: Wanted[], how = { opened: true }): Promise<Meeting> {
    const sessionId = randomUUID()
    const params = { sessionId }
    const { planVersion } = await ada.ask(sessionCalls.scheduleSession, {
      params: { slug },
      body: {
        id: sessionId,
        title: 'Conformance',
        startsAt: new Date(Date.now() + SOON).toISOString(),
        minutes: 60,
      },
    })
    const blocks = wanted.map(({ kind, minutes = 5, options = {} }) => ({
      ...{ id: randomUUID(), kind, title: kind, minutes, prompt: '', options },
      notes: 'Only for whoever runs it.',
    }))
    await ada.ask(sessionCalls.replacePlan, { params, body: { blocks, basedOn: planVersion } })
    if (how.opened) {
      await ada.ask(liveCalls.openRoom, { params })
      for (const one of [ben, cleo]) await one.ask(liveCalls.enterRoom, { params })
    }
    const load = (visitor: Visitor) => visitor.ask(liveCalls.getRoom, { params })
    const blockIds = blocks.map(({ id }) => id)
    return {
      ...{ sessionId, params, blockIds, load },
      goTo: async (at) => {
        const from = (await load(ada)).view.currentBlockId
        await ada.ask(liveCalls.startBlock, {
          params: { ...params, blockId: blockIds[at] ?? '' },
          body: { id: randomUUID(), from },
        })
      },
      close: async () => {
        await ada.ask(liveCalls.closeSession, { params })
      },
      follow: (visitor) => watch(visitor, sessionId, load),
    }
  }
}

async function watch(
  visitor: Visitor,
  sessionId: string,
  load: (visitor: Visitor) => Promise<Room>,
): Promise<Watching> {
  const { position, view } = await load(visitor)
  const line = await visitor.follow(sessionId, position)
  return {
    line,
    agrees: async () => {
      const fresh = await load(visitor)
      await line.reach(fresh.position.number)
      if (line.gap) throw new Broken(line.gap)
      const folded = (line.events as LiveEvent[]).reduce(applyLiveEvent, view)
      if (!isDeepStrictEqual(folded, fresh.view))
        throw new Broken(
          `The old view and its events are not the loaded view: ${difference(folded, fresh.view)}.`,
        )
      return fresh
    },
  }
}

function difference(folded: object, loaded: object): string {
  const other = loaded as Record<string, unknown>
  const parts = Object.entries(folded).filter(([name, value]) => !isDeepStrictEqual(value, other[name]))
  return parts.map(([name]) => name).join(', ')
}

async function inviteTo(ada: Visitor, slug: string): Promise<{ token: string }> {
  const { link } = await ada.ask(inviteCalls.createInvite, {
    params: { slug },
    body: { id: randomUUID(), role: 'member', days: 1, maxUses: 1, domains: [] },
  })
  return { token: link.split('/').at(-1) ?? '' }
}
