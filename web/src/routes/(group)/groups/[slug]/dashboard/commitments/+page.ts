import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'This list is for whoever prepares and runs the sessions of this group.', {
      code: 'not-allowed',
    })
  return { commitments: await pageClient(fetch).listGroupCommitments({ params: { slug: params.slug } }) }
}
