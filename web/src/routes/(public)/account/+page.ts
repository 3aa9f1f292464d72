import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:account')
  const account = needAccount((await parent()).visit, url)
  const api = pageClient(fetch)
  const [signIns, calendar, deletion, endedGroups, reports, blocked, publicPage, reminders] =
    await Promise.all([
      api.listSignIns(),
      api.getMyCalendar(),
      api.readDeletion(),
      api.listEndedGroups(),
      api.listMyReports(),
      api.listBlocked(),
      api.readMyPage(),
      api.getReminders(),
    ])
  return { account, signIns, calendar, deletion, endedGroups, reports, blocked, publicPage, reminders }
}
