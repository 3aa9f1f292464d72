import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import pLimit from 'p-limit'
import { promisify } from 'node:util'

/** argon2id as OWASP's password storage page asks for: 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const

/** Each hash takes 19 MiB and a core for a while: more at once would only make everybody wait. */
const inTurn = pLimit(4)
const derive = promisify(argon2)

/** Gives a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await inTurn(() => derive('argon2id', { ...COST, message: password.normalize('NFKC'), nonce }))
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${hash.toString('base64url')}`
}

/** Does the same work when there is no hash to compare with, so that time does not tell who has an account. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, , , costs, salt, hash] = (stored ?? ABSENT).split('$')
  const [memory, passes, parallelism] = (costs ?? '').split(',').map((cost) => Number(cost.slice(2)))
  if (!memory || !passes || !parallelism || !salt || !hash) return false
  const expected = Buffer.from(hash, 'base64url')
  const nonce = Buffer.from(salt, 'base64url')
  const message = password.normalize('NFKC')
  const found = await inTurn(() =>
    derive('argon2id', { memory, passes, parallelism, tagLength: expected.length, message, nonce }),
  )
  return timingSafeEqual(found, expected) && stored !== null
}

const ABSENT = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`
