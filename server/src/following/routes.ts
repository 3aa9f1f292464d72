import { followingCalls as calls } from '#shared/following.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireThread } from '../threads/guards.ts'
import { changeFollowing, followThread, getFollowing, getThreadFollowing } from './change-following.ts'
import { readFollowingLink, requireFollowingLink, stopByLink } from './stop-by-link.ts'
import { repeatLetters } from './tell-members.ts'

export function addFollowingRoutes(house: House, app: App): void {
  answer(house, app, calls.getFollowing, requireMember, (member) => getFollowing(house, member))
  answer(house, app, calls.changeFollowing, requireMember, (member, { body }) =>
    changeFollowing(house, member, body),
  )
  answer(house, app, calls.getThreadFollowing, requireThread, (reader) => getThreadFollowing(house, reader))
  answer(house, app, calls.followThread, requireThread, (reader, { body }) =>
    followThread(house, reader, body.level),
  )

  const trying = { limit: [60, 600] } as const
  answer(
    house,
    app,
    calls.readFollowingLink,
    requireFollowingLink,
    (right) => Promise.resolve(readFollowingLink(right)),
    trying,
  )
  answer(house, app, calls.stopByLink, requireFollowingLink, (right) => stopByLink(house, right), trying)
  addOneClick(house, app)
  repeatLetters(house)
}

/**
 * What a mail program presses for its reader (RFC 8058): it comes from no page of ours, so the link alone is the proof,
 * and all that it can do is stop letters. Somebody who opens it is shown the page that asks first.
 */
function addOneClick(house: House, app: App): void {
  void app.register((mail, _options, done) => {
    mail.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, parsed) => {
      payload.resume()
      payload.on('end', () => parsed(null, {}))
    })
    mail.get<{ Params: { token: string } }>('/mail/stop/:token', (request, reply) =>
      reply.redirect(`/stop/${encodeURIComponent(request.params.token)}`, 303),
    )
    mail.post('/mail/stop/:token', async (request) =>
      stopByLink(house, await requireFollowingLink(house, request)),
    )
    done()
  })
}
