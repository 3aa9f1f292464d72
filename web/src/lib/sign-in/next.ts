import { ownPath } from '#shared/sign-in.ts'

/** The address of a sign-in page that goes on to `next` afterwards. */
export function withNext(path: string, next: string | null): string {
  const own = ownPath(next)
  return own === '/' ? path : `${path}?next=${encodeURIComponent(own)}`
}
