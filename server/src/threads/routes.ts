import { threadCalls as calls } from '#shared/threads.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { editPost } from './edit-post.ts'
import { getDiscussion } from './get-discussion.ts'
import { getThread } from './get-thread.ts'
import { requireEpisodeLog, requireGroupLog, requireThread } from './guards.ts'
import { hidePost } from './hide-post.ts'
import { markRead } from './mark-read.ts'
import { addPostPartRoutes } from './post-part-routes.ts'
import { placeThread } from './place-thread.ts'
import { readHiddenPost } from './read-hidden-post.ts'
import { reply } from './reply.ts'
import { setQuestion } from './set-question.ts'
import { showPost } from './show-post.ts'
import { startThread } from './start-thread.ts'
import { addUnreadRoutes } from './unread-routes.ts'
import { titleThread } from './title-thread.ts'
import { withdrawPost } from './withdraw-post.ts'
import { wordDiscussion } from './word-discussion.ts'

const WRITING = { limit: [60, 60] } as const

export function addThreadRoutes(house: House, app: App): void {
  house.rooms.word('episode', wordDiscussion)
  house.rooms.word('group', wordDiscussion)

  answer(house, app, calls.getDiscussion, requireEpisodeLog, (log) => getDiscussion(house, log))
  answer(house, app, calls.getGroupDiscussion, requireGroupLog, (log, { query }) =>
    getDiscussion(house, log, query),
  )
  answer(house, app, calls.getThread, requireThread, (reader) => getThread(house, reader))
  answer(
    house,
    app,
    calls.startThread,
    requireEpisodeLog,
    (log, { body }) => startThread(house, log, body),
    WRITING,
  )
  answer(
    house,
    app,
    calls.startGroupThread,
    requireGroupLog,
    (log, { body }) => startThread(house, log, body),
    WRITING,
  )
  answer(house, app, calls.reply, requireThread, (reader, { body }) => reply(house, reader, body), WRITING)
  answer(
    house,
    app,
    calls.editPost,
    requireThread,
    (reader, { params, body }) => editPost(house, reader, params.postId, body),
    WRITING,
  )
  answer(house, app, calls.withdrawPost, requireThread, async (reader, { params }) => {
    await withdrawPost(house, reader, params.postId)
    return {}
  })
  answer(
    house,
    app,
    calls.hidePost,
    requireThread,
    async (reader, { params, body }) => {
      await hidePost(house, reader, params.postId, body.reason)
      return {}
    },
    WRITING,
  )
  answer(house, app, calls.showPost, requireThread, (reader, { params }) =>
    showPost(house, reader, params.postId),
  )
  answer(house, app, calls.readHiddenPost, requireThread, (reader, { params }) =>
    readHiddenPost(house, reader, params.postId),
  )
  answer(house, app, calls.setQuestion, requireThread, async (reader, { body }) => ({
    question: await setQuestion(house, reader, body),
  }))
  answer(
    house,
    app,
    calls.titleThread,
    requireThread,
    (reader, { body }) => titleThread(house, reader, body.title),
    WRITING,
  )
  answer(
    house,
    app,
    calls.placeThread,
    requireThread,
    (reader, { body }) => placeThread(house, reader, body),
    WRITING,
  )
  answer(house, app, calls.markRead, requireThread, (reader, { body }) => markRead(house, reader, body.posts))
  addUnreadRoutes(house, app)
  addPostPartRoutes(house, app)
  answer(
    house,
    app,
    calls.previewPost,
    requireSignIn,
    (_signedIn, { body }) => Promise.resolve({ html: renderMarkdown(body.body) }),
    { limit: [120, 60] },
  )
}
