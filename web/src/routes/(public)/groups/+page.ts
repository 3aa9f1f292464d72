import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

const number = (text: string | null) => Math.max(0, Math.trunc(Number(text)) || 0)

export const load: PageLoad = async ({ fetch, url }) => {
  const wanted = url.searchParams
  const search = {
    words: (wanted.get('words') ?? '').trim().slice(0, 200),
    city: (wanted.get('city') ?? '').trim().slice(0, 120),
    online: wanted.get('online') === 'true',
  }
  const offset = Math.min(10_000, number(wanted.get('offset')))
  const { words, city, online } = search
  const found = await pageClient(fetch).findGroups({
    query: { words, city, ...(online ? { online } : {}), offset },
  })
  return { search, offset, ...found }
}
