import { pageClient } from '#lib/api.ts'
import { loadEditor } from '#lib/feedback/load-editor.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, params, depends }) => {
  depends('shortside:round')
  const account = needAccount((await parent()).visit, url)
  const calls = pageClient(fetch)
  const round = await calls.readRound({ params: { roundId: params.id } })
  const self =
    round.asksSelf && round.status === 'open' ? await calls.readSelf({ params: { roundId: round.id } }) : null
  return { account, round, self, ...(await loadEditor(calls)) }
}
