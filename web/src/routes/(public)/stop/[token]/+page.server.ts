import { fail } from '@sveltejs/kit'
import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Actions } from './$types'

/** A mail is often opened where no scripts run: then the browser sends the form itself. */
export const actions: Actions = {
  default: async ({ fetch, params }) => {
    try {
      await client(fetch).stopByLink({ params, body: {} })
    } catch (problem) {
      if (problem instanceof Refusal) return fail(problem.status, { problem: problem.message })
      throw problem
    }
    return { problem: '' }
  },
}
