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
  return { group: await pageClient(fetch).getGroup({ params: { slug: params.slug } }) }
}
