import { postPartCalls as calls } from '#shared/post-parts.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireThread } from './guards.ts'
import { previewInGroup } from './preview-in-group.ts'
import { react } from './react.ts'
import { readHistory } from './read-history.ts'
import { takeReactionBack } from './take-reaction-back.ts'

const PRESSING = { limit: [120, 60] } as const

export function addPostPartRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.react,
    requireThread,
    (reader, { params }) => react(house, reader, params.postId, params.kind),
    PRESSING,
  )
  answer(
    house,
    app,
    calls.takeReactionBack,
    requireThread,
    (reader, { params }) => takeReactionBack(house, reader, params.postId, params.kind),
    PRESSING,
  )
  answer(house, app, calls.readHistory, requireThread, (reader, { params }) =>
    readHistory(house, reader, params.postId),
  )
  answer(
    house,
    app,
    calls.previewInGroup,
    requireMember,
    async (member, { body }) => ({ html: await previewInGroup(house, member, body.body) }),
    PRESSING,
  )
}
