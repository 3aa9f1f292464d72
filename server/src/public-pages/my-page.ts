import { and, eq, ne } from 'drizzle-orm'
import { accounts } from '#db/schema.ts'
import { isPageSlug, LONGEST_PAGE_SLUG, SHORTEST_PAGE_SLUG, type MyPage } from '#shared/public-pages.ts'
import type { MyPageDraft } from '#shared/public-pages.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { AccountRow, SignedIn, Verified } from '../sign-in/guards.ts'
import { asciiOf } from '../slug.ts'
import { organizerAddress } from './addresses.ts'
import { readOrganizerPage } from './read-organizer-page.ts'

/** My page as everybody reads it, or would read it once it is open. */
export async function readMyPage(house: House, { account }: { account: AccountRow }): Promise<MyPage> {
  return {
    slug: account.publicSlug,
    suggested: account.publicSlug ?? (await suggest(house, account)),
    root: organizerAddress(house, ''),
    preview: await readOrganizerPage(house, { account }),
  }
}

/** Opens it, or changes it. The old address ends when there is another one. */
export async function openMyPage(
  house: House,
  { account }: Verified,
  { slug: typed, about }: MyPageDraft,
): Promise<MyPage> {
  const slug = typed.trim().toLowerCase()
  if (!isPageSlug(slug))
    throw new Refusal(
      'invalid',
      `The end of the address takes small letters, digits and single hyphens between them, ${SHORTEST_PAGE_SLUG} to ${LONGEST_PAGE_SLUG} of them, such as ${await suggest(house, account)}.`,
      'slug',
    )
  const [changed] = await house.db
    .update(accounts)
    .set({ publicSlug: slug, about: about.trim() })
    .where(eq(accounts.id, account.id))
    .returning()
    .catch((problem: unknown) => {
      if (isTaken(problem))
        throw new Refusal('conflict', 'Somebody else has that address. Choose another one.', 'slug')
      throw problem
    })
  if (!changed) throw new Refusal('not-signed-in')
  return readMyPage(house, { account: changed })
}

/** Address and words are gone at once; opening it again begins anew. */
export async function closeMyPage(house: House, { account }: SignedIn): Promise<MyPage> {
  const [changed] = await house.db
    .update(accounts)
    .set({ publicSlug: null, about: '' })
    .where(eq(accounts.id, account.id))
    .returning()
  if (!changed) throw new Refusal('not-signed-in')
  return readMyPage(house, { account: changed })
}

/** The first that is free of "ada-lovelace", "ada-lovelace-2", … */
async function suggest(house: House, { id, name }: AccountRow): Promise<string> {
  const ascii = asciiOf(name)
    .slice(0, LONGEST_PAGE_SLUG - 3)
    .replace(/-+$/, '')
  const base = ascii.length < SHORTEST_PAGE_SLUG ? `organizer-${ascii}` : ascii
  for (let number = 1; number < 100; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`
    const [taken] = await house.db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.publicSlug, slug), ne(accounts.id, id)))
    if (!taken) return slug
  }
  return `organizer-${id.slice(0, 8)}`
}

const UNIQUE_VIOLATION = '23505'
const isTaken = (problem: unknown): boolean =>
  problem instanceof Error && (problem.cause as { code?: string } | undefined)?.code === UNIQUE_VIOLATION
