import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** It stands in pages of others: small, without scripts, without a sign-in. */
export const csr = false

export const load: PageLoad = async ({ fetch, params, url }) => {
  const api = pageClient(fetch)
  const group = await api.getPublicGroup({ params })
  // Only what everybody may know of is shown elsewhere.
  const { status, code, message } = new Refusal('not-found')
  if (group.visibility !== 'public') error(status, message, { code })
  const look = url.searchParams.get('look')
  return {
    group,
    agenda: await api.readAgenda({ params }),
    look: look === 'light' || look === 'dark' ? look : undefined,
  }
}
