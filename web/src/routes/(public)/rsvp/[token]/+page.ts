import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** Looking at a link answers nothing: mail programs and their scanners look, too. */
export const load: PageLoad = async ({ fetch, params, url }) => {
  const wanted = url.searchParams.get('answer')
  try {
    return { link: await client(fetch).readRsvpLink({ params }), wanted, problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { link: null, wanted, problem: problem.message }
    throw problem
  }
}
