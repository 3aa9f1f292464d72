import { unreadCalls as calls } from '#shared/unread.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { requireEpisodeLog, requireGroupLog, requireThread } from './guards.ts'
import { markGroupRead, markLogRead, markUnread } from './mark-read.ts'
import { readGroupUnread, readMyUnread } from './read-unread.ts'

export function addUnreadRoutes(house: House, app: App): void {
  answer(house, app, calls.countUnread, requireSignIn, (signedIn) => readMyUnread(house, signedIn))
  answer(house, app, calls.countUnreadInGroup, requireMember, (member) => readGroupUnread(house, member))
  answer(house, app, calls.markUnread, requireThread, (reader, { body }) =>
    markUnread(house, reader, body.from),
  )
  answer(house, app, calls.markEpisodeRead, requireEpisodeLog, async (log) => ({
    marks: await markLogRead(house, log),
  }))
  answer(house, app, calls.markGroupThreadsRead, requireGroupLog, async (log) => ({
    marks: await markLogRead(house, log),
  }))
  answer(house, app, calls.markGroupRead, requireMember, async (member) => {
    await markGroupRead(house, member)
    return {}
  })
}
