import { client, pageClient } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { SearchFound } from '#shared/search.ts'
import { askedIn, type Asked } from './address.ts'

export type Searched = { asked: Asked; found: SearchFound | null; problem: string | null }

/** What the address asks for. A sentence about the words stands beside their field; anything else gets its page. */
export async function loadSearch(
  fetch: typeof globalThis.fetch,
  url: URL,
  group?: string,
): Promise<Searched> {
  const asked = askedIn(url.searchParams, group)
  const { words } = asked
  if (words === undefined) return { asked, found: null, problem: null }
  try {
    return { asked, problem: null, found: await client(fetch).search({ query: { ...asked, words } }) }
  } catch (problem) {
    if (problem instanceof Refusal && problem.field === 'words')
      return { asked, found: null, problem: problem.message }
    return { asked, problem: null, found: await pageClient(fetch).search({ query: { ...asked, words } }) }
  }
}
