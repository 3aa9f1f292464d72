import { ownPath } from '#shared/sign-in.ts'

/** The address of a sign-in page that goes on to `next` afterwards. */
export function withNext(path: string, next: string | null): string {
  const own = ownPath(next)
  return own === '/' ? path : `${path}?next=${encodeURIComponent(own)}`
}

/** The address of the page where people sign in with their company; theirs is filled in when it is known. */
export function companyWay(next: string | null, email = ''): string {
  const path = withNext('/sign-in/company', next)
  return email ? `${path}${path.includes('?') ? '&' : '?'}email=${encodeURIComponent(email)}` : path
}
