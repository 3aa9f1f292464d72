import { threadCalls as calls } from '#shared/threads.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { editPost } from './edit-post.ts'
import { getDiscussion } from './get-discussion.ts'
import { hidePost } from './hide-post.ts'
import { markRead } from './mark-read.ts'
import { placeThread } from './place-thread.ts'
import { readHiddenPost } from './read-hidden-post.ts'
import { reply } from './reply.ts'
import { setQuestion } from './set-question.ts'
import { showPost } from './show-post.ts'
import { startThread } from './start-thread.ts'
import { withdrawPost } from './withdraw-post.ts'
import { wordDiscussion } from './word-discussion.ts'

const WRITING = { limit: [60, 60] } as const

export function addThreadRoutes(house: House, app: App): void {
  house.rooms.word('episode', wordDiscussion)

  answer(house, app, calls.getDiscussion, requireEpisode, (reader) => getDiscussion(house, reader))
  answer(
    house,
    app,
    calls.startThread,
    requireEpisode,
    (reader, { body }) => startThread(house, reader, body),
    WRITING,
  )
  answer(
    house,
    app,
    calls.reply,
    requireEpisode,
    (reader, { params, body }) => reply(house, reader, params.threadId, body),
    WRITING,
  )
  answer(
    house,
    app,
    calls.editPost,
    requireEpisode,
    (reader, { params, body }) => editPost(house, reader, params, body.body),
    WRITING,
  )
  answer(house, app, calls.withdrawPost, requireEpisode, async (reader, { params }) => {
    await withdrawPost(house, reader, params)
    return {}
  })
  answer(
    house,
    app,
    calls.hidePost,
    requireEpisode,
    async (reader, { params, body }) => {
      await hidePost(house, reader, params, body.reason)
      return {}
    },
    WRITING,
  )
  answer(house, app, calls.showPost, requireEpisode, (reader, { params }) => showPost(house, reader, params))
  answer(house, app, calls.readHiddenPost, requireEpisode, (reader, { params }) =>
    readHiddenPost(house, reader, params),
  )
  answer(house, app, calls.setQuestion, requireEpisode, async (reader, { params, body }) => ({
    question: await setQuestion(house, reader, params.threadId, body.question),
  }))
  answer(
    house,
    app,
    calls.placeThread,
    requireEpisode,
    (reader, { params, body }) => placeThread(house, reader, params.threadId, body),
    WRITING,
  )
  answer(house, app, calls.markRead, requireEpisode, async (reader, { params, body }) => ({
    read: await markRead(house, reader, params.threadId, body.number),
  }))
  answer(
    house,
    app,
    calls.previewPost,
    requireSignIn,
    (_signedIn, { body }) => Promise.resolve({ html: renderMarkdown(body.body) }),
    { limit: [120, 60] },
  )
}
