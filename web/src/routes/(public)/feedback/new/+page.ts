import { pageClient } from '#lib/api.ts'
import { loadEditor } from '#lib/feedback/load-editor.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

/**
 * `group` and `kind` come from the page of a group, `session` from one that is over, `again` from an earlier round, `set`
 * from a programme of the guide.
 */
export const load: PageLoad = async ({ parent, url, fetch }) => {
  const account = needAccount((await parent()).visit, url)
  const calls = pageClient(fetch)
  const again = url.searchParams.get('again')
  return {
    account,
    ...(await loadEditor(calls)),
    earlier: again ? await calls.readRound({ params: { roundId: again } }) : null,
    group: url.searchParams.get('group'),
    kind: url.searchParams.get('kind'),
    session: url.searchParams.get('session'),
    set: url.searchParams.get('set'),
  }
}
