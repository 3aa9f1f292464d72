import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** An invite that lets nobody in is no error page: it says why, and what to do. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { invite: await client(fetch).readInvite({ params }), refusal: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { invite: null, refusal: problem.message }
    throw problem
  }
}
