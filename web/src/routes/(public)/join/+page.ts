import { redirect } from '@sveltejs/kit'
import { client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { WayIn } from '#shared/joining.ts'
import type { PageLoad } from './$types'

/** A code that came with the link or the QR is looked up at once; whoever has a seat goes straight to it. */
export const load: PageLoad = async ({ fetch, url }) => {
  const code = url.searchParams.get('code') ?? ''
  if (code === '') return { code, way: null, problem: '' }
  const found = await find(fetch, code)
  if (found.way?.seat) redirect(303, `/room/${found.way.sessionId}`)
  return { code, ...found }
}

async function find(
  fetch: typeof globalThis.fetch,
  code: string,
): Promise<{ way: WayIn | null; problem: string }> {
  try {
    // A code that opens nothing is said beside its field, where it can be typed again.
    return { way: await client(fetch).findByCode({ query: { code } }), problem: '' }
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return { way: null, problem: problem.message }
  }
}
