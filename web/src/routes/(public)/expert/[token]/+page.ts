import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** Looking at a link answers nothing: mail programs and their scanners look, too. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { invite: await client(fetch).readExpertInvite({ params }), problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { invite: null, problem: problem.message }
    throw problem
  }
}
