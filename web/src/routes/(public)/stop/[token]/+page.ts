import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** Looking at a link stops nothing: mail programs and their scanners look, too. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { link: await client(fetch).readFollowingLink({ params }), problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { link: null, problem: problem.message }
    throw problem
  }
}
