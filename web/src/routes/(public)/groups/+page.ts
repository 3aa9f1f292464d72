import { client, pageClient } from '#lib/api.ts'
import { searchIn, type Search } from '#lib/groups/search.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { visit } = await parent()
  const [organizations, found] = await Promise.all([
    visit.account ? pageClient(fetch).listMyOrganizations() : [],
    searchGroups(fetch, url),
  ])
  return { organizations, ...found }
}

async function searchGroups(fetch: Parameters<PageLoad>[0]['fetch'], url: URL) {
  const search = searchIn(url.searchParams)
  try {
    return { search, problem: null, ...(await client(fetch).findGroups({ query: asked(search) })) }
  } catch (problem) {
    // What can't be asked is said beside its field, and left out of the search.
    if (!(problem instanceof Refusal) || !problem.field || !(problem.field in search)) return fail()
    const rest = { ...search, [problem.field]: undefined, after: '' }
    if (problem.field === 'city')
      Object.assign(rest, { city: undefined, within: undefined, words: `${search.words} ${search.city}` })
    const found = await pageClient(fetch).findGroups({ query: asked(rest) })
    return { search, problem: { field: problem.field, words: problem.message }, ...found }
  }

  /** Asked again as a page asks, so that any other problem gets its page. */
  async function fail() {
    return { search, problem: null, ...(await pageClient(fetch).findGroups({ query: asked(search) })) }
  }
}

/** A radius says something only together with a city. */
const asked = ({ within, ...rest }: Search) => (rest.city ? { ...rest, within } : rest)
