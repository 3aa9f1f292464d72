import { redirect } from '@sveltejs/kit'
import type { Account, Visit } from '#shared/sign-in.ts'
import { ownPath } from '#shared/sign-in.ts'
import { withNext } from './next.ts'

/** For `load` of a page that is only for people who are signed in: others sign in first, and come back. */
export function needAccount(visit: Visit, url: URL): Account {
  if (!visit.account) redirect(303, withNext('/sign-in', url.pathname + url.search))
  return visit.account
}

/** For `load` of the sign-in pages: whoever is in already goes on. The sample's people may still sign up. */
export function goOnWhenIn({ account }: Visit, url: URL): void {
  if (account && !account.sample) redirect(303, ownPath(url.searchParams.get('next')))
}
