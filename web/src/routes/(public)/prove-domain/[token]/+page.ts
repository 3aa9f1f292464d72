import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

/** Looking at a link does not use it up: mail programs and their scanners look, too. */
export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { link: await client(fetch).readDomainLink({ params }) }
  } catch (problem) {
    if (problem instanceof Refusal) return { link: null }
    throw problem
  }
}
