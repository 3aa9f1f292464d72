import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'

/**
 * How often something may be tried against one e-mail address, whoever tries and from wherever. It counts what was
 * typed, known or not, so being refused does not tell who has an account.
 */
export type Tries = {
  /** @throws Refusal `too-many` when the tries of an address are used up. */
  check: (email: string) => void
  count: (email: string) => void
  /** It went well: the tries before do not count any more. */
  forget: (email: string) => void
}

/** More addresses than this are not remembered; the oldest go first. */
const MOST_REMEMBERED = 20_000

export function limitTries(
  { config, now }: House,
  { most, minutes, sentence }: { most: number; minutes: number; sentence: string },
): Tries {
  const tried = new Map<string, { times: number; until: number }>()
  const current = (email: string) => {
    const one = tried.get(email)
    return one && one.until > now().getTime() ? one : { times: 0, until: now().getTime() + minutes * 60_000 }
  }
  return {
    check: (email) => {
      if (config.limits && current(email).times >= most) throw new Refusal('too-many', sentence)
    },
    count: (email) => {
      const { times, until } = current(email)
      tried.delete(email)
      tried.set(email, { times: times + 1, until })
      const oldest = tried.keys().next()
      if (tried.size > MOST_REMEMBERED && !oldest.done) tried.delete(oldest.value)
    },
    forget: (email) => void tried.delete(email),
  }
}
