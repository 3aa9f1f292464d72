import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => {
  try {
    return { ticket: await client(fetch).readTicket({ params }), problem: '' }
  } catch (problem) {
    if (problem instanceof Refusal) return { ticket: null, problem: problem.message }
    throw problem
  }
}
