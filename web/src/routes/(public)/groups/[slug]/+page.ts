import { client, pageClient } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Agenda } from '#shared/public-pages.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:group')
  const api = pageClient(fetch)
  const group = await api.getPublicGroup({ params })
  if (group.mine?.status === 'active') return { group, inside: await api.getGroup({ params }), agenda: null }
  return { group, inside: null, agenda: await readAgenda(fetch, params) }
}

/** What is coming up is for everybody, or for members only: then a stranger sees the next session at most. */
async function readAgenda(fetcher: typeof fetch, params: { slug: string }): Promise<Agenda | null> {
  try {
    return await client(fetcher).readAgenda({ params })
  } catch (problem) {
    if (problem instanceof Refusal && problem.code === 'not-found') return null
    throw problem
  }
}
