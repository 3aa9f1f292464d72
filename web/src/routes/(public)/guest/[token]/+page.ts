import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** Looking at a link confirms nothing: mail programs and their scanners look, too. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { request: await client(fetch).readGuestRequest({ params }), problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { request: null, problem: problem.message }
    throw problem
  }
}
