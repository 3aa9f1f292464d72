import { fail, redirect } from '@sveltejs/kit'
import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import { ownPath } from '#shared/sign-in.ts'
import type { Actions } from './$types'

/** Where no scripts run the browser sends the form itself. */
export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const form = await request.formData()
    const text = (name: string) => {
      const given = form.get(name)
      return typeof given === 'string' ? given : ''
    }
    const email = text('email')
    try {
      await client(fetch).signIn({ body: { email, password: text('password') } })
    } catch (problem) {
      if (problem instanceof Refusal) return fail(problem.status, { problem: problem.message, email })
      throw problem
    }
    redirect(303, ownPath(url.searchParams.get('next')))
  },
}
