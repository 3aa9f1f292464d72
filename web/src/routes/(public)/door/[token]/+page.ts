import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { door: await client(fetch).readDoorByLink({ params }), problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { door: null, problem: problem.message }
    throw problem
  }
}
