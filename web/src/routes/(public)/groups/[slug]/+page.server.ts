import { fail, redirect } from '@sveltejs/kit'
import { client, type Client } from '#lib/api.ts'
import { withNext } from '#lib/sign-in/next.ts'
import { Refusal } from '#shared/refusals.ts'
import { ownPath } from '#shared/sign-in.ts'
import type { Actions, RequestEvent } from './$types'

/** Where no scripts run the browser sends the form itself. */
export const actions: Actions = {
  join: (event) => knock(event, (api, params) => api.joinGroup({ params, body: {} })),
  leave: (event) => knock(event, (api, params) => api.leaveGroup({ params, body: {} })),
}

async function knock(
  { request, fetch, params }: RequestEvent,
  ask: (api: Client, params: { slug: string }) => Promise<unknown>,
) {
  const given = (await request.formData()).get('back')
  const back = ownPath(typeof given === 'string' ? given : null, `/groups/${params.slug}`)
  try {
    await ask(client(fetch), params)
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    if (problem.code === 'not-signed-in') redirect(303, withNext('/sign-in', back))
    return fail(problem.status, { problem: problem.message })
  }
  redirect(303, back)
}
