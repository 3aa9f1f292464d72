import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import { TARGET_KINDS } from '#shared/moderation.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, url, depends }) => {
  depends('shortside:report')
  needAccount((await parent()).visit, url)
  const kind = TARGET_KINDS.find((one) => one === params.kind)
  if (!kind) error(404, 'There is nothing here, or it is not open to you.', { code: 'not-found' })
  const within = url.searchParams.get('within') ?? undefined
  const asked = { kind, target: params.target }
  const target = await pageClient(fetch).readReportTarget({
    params: asked,
    query: within === undefined ? {} : { within },
  })
  return { asked: { ...asked, ...(within === undefined ? {} : { within }) }, target }
}
