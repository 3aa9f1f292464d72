import { eq } from 'drizzle-orm'
import type { FastifyReply } from 'fastify'
import { episodes } from '#db/schema.ts'
import { highlightCalls as calls } from '#shared/highlights.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { deleteHighlight } from './delete-highlight.ts'
import { listHighlights } from './list-highlights.ts'
import { listMyHighlights, readMine } from './list-my-highlights.ts'
import { saveHighlight } from './save-highlight.ts'
import { writeHighlights } from './write-highlights.ts'

const EXPORTING = { limit: [30, 600] } as const

/** Each call is about highlights of whoever asks: there is none for those of somebody else, whatever their role. */
export function addHighlightRoutes(house: House, app: App): void {
  answer(house, app, calls.listHighlights, requireEpisode, (reader) => listHighlights(house.db, reader))
  answer(
    house,
    app,
    calls.saveHighlight,
    requireEpisode,
    (reader, { params, body }) => saveHighlight(house, reader, params.highlightId, body),
    { limit: [120, 60] },
  )
  answer(house, app, calls.deleteHighlight, requireEpisode, async (reader, { params }) => {
    await deleteHighlight(house, reader, params.highlightId)
    return {}
  })
  answer(
    house,
    app,
    calls.exportHighlights,
    requireEpisode,
    async ({ member, episode }, _input, _request, reply) => {
      asFile(reply)
      return writeHighlights(
        house.config.origin,
        await readMine(house.db, member.account.id, eq(episodes.id, episode.id)),
      )
    },
    EXPORTING,
  )
  answer(house, app, calls.listMyHighlights, requireSignIn, (signedIn, { query }) =>
    listMyHighlights(house, signedIn, query.page),
  )
  answer(
    house,
    app,
    calls.exportMyHighlights,
    requireSignIn,
    async ({ account }, _input, _request, reply) => {
      asFile(reply)
      return writeHighlights(house.config.origin, await readMine(house.db, account.id))
    },
    EXPORTING,
  )
}

function asFile(reply: FastifyReply): void {
  void reply.header('content-disposition', 'attachment; filename="my-highlights.md"')
}
