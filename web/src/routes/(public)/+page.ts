import { pageClient } from '#lib/api.ts'
import { isOpen } from '#shared/commitments.ts'
import { nextOf } from './next-session.ts'
import type { PageLoad } from './$types'

/** More groups than this are listed without their next session. */
const GROUPS_LOOKED_INTO = 8
const GUEST_SESSIONS_SHOWN = 5

export const load: PageLoad = async ({ fetch, parent }) => {
  const { visit } = await parent()
  if (!visit.account) return { mine: null }
  const api = pageClient(fetch)
  const [groups, commitments, organizations, guestSessions, unread, mentions, witnessing] = await Promise.all(
    [
      api.listMyGroups(),
      api.listMyCommitments(),
      api.listMyOrganizations(),
      api.listMyGuestSessions(),
      api.countUnread(),
      api.listMyMentions(),
      api.listWitnessing(),
    ],
  )
  const next = await Promise.all(
    groups.slice(0, GROUPS_LOOKED_INTO).map(async ({ slug }) => {
      const { sessions } = await api.listSessions({ params: { slug } })
      return nextOf(sessions, new Date())
    }),
  )
  return {
    mine: {
      groups: groups.map((group, index) => ({
        ...group,
        next: next[index],
        unread: unread.find(({ groupId }) => groupId === group.id)?.posts ?? 0,
      })),
      organizations,
      mentions,
      guestSessions: guestSessions.slice(0, GUEST_SESSIONS_SHOWN),
      commitments: commitments.filter(isOpen),
      witnessing: witnessing.filter(({ state, commitment }) => state === 'asked' || isOpen(commitment)),
    },
  }
}
