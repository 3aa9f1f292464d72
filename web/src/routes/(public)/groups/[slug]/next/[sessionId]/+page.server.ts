import { fail, redirect } from '@sveltejs/kit'
import { client } from '#lib/api.ts'
import { withNext } from '#lib/sign-in/next.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Actions } from './$types'

/** Where no scripts run the browser sends the form itself; what was typed comes back with the answer. */
export const actions: Actions = {
  ask: async ({ request, fetch, params }) => {
    const form = await request.formData()
    const [name, email] = ['name', 'email'].map((field) => {
      const typed = form.get(field)
      return typeof typed === 'string' ? typed : ''
    })
    const body = { name: name ?? '', email: email ?? '' }
    try {
      await client(fetch).askAsGuest({ params, body })
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      return fail(problem.status, { problem: problem.message, field: problem.field, ...body })
    }
    return { asked: body.email }
  },
  come: async ({ fetch, params, url }) => {
    let token: string
    try {
      token = (await client(fetch).comeAsGuest({ params, body: {} })).token
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      if (problem.code === 'not-signed-in') redirect(303, withNext('/sign-in', url.pathname))
      return fail(problem.status, { problem: problem.message })
    }
    redirect(303, `/rsvp/${token}`)
  },
}
