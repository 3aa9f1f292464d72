import { redirect } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { withNext } from '#lib/sign-in/next.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ fetch, params, parent, untrack, url, depends }) => {
  depends('shortside:group')
  const { visit } = await parent()
  if (!visit.account)
    redirect(
      303,
      untrack(() => withNext('/sign-in', url.pathname + url.search)),
    )
  const api = pageClient(fetch)
  const inGroup = { params: { slug: params.slug } }
  const [group, unread] = await Promise.all([api.getGroup(inGroup), api.countUnreadInGroup(inGroup)])
  return { group, unread }
}
