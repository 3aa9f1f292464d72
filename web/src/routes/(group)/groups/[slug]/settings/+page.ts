import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  const { status, code, message } = new Refusal('not-allowed')
  if (group.role !== 'organizer') error(status, message, { code })
  const api = pageClient(fetch)
  const [programmes, organizations, { thanks }, guests] = await Promise.all([
    api.listProgrammes(),
    api.listMyOrganizations(),
    api.readFarewell({ params }),
    api.readGuestSetting({ params }),
  ])
  return { programmes, organizations, thanks, guests }
}
