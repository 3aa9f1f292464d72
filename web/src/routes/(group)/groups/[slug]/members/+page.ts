import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:members')
  const api = pageClient(fetch)
  const { group } = await parent()
  const organizes = group.role === 'organizer'
  const [members, splits, { takeOver, judge }, waiting, invites] = await Promise.all([
    api.listMembers({ params }),
    api.listSplits({ params }),
    api.readTakeOver({ params }),
    organizes ? api.listWaiting({ params }) : [],
    organizes ? api.listInvites({ params }) : [],
  ])
  return { members, splits, takeOver, judge, waiting, invites }
}
