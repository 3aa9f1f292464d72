import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Links that open something without a password. A signed link is the id of a row and a signature made with the
 * key of the instance, which lies outside the database: it can be shown again at any time, and a copy of the
 * database opens nothing. Each purpose has its own signatures.
 */
export type Links = {
  sign: (purpose: LinkPurpose, id: string) => string
  /** The id that was signed, or nothing when somebody made the token up. */
  read: (purpose: LinkPurpose, token: string) => string | undefined
}

export type LinkPurpose =
  | 'invite'
  | 'rsvp'
  | 'calendar'
  | 'reviewer'
  | 'expert'
  | 'domain'
  | 'series'
  | 'door'
  | 'poster'
  | 'ticket'
  | 'following'
  | 'template'

export function signedLinks(key: Buffer): Links {
  const signature = (purpose: string, id: string) =>
    createHmac('sha256', key).update(`${purpose}:${id}`).digest().subarray(0, 18)
  return {
    sign: (purpose, id) =>
      Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), signature(purpose, id)]).toString(
        'base64url',
      ),
    read: (purpose, token) => {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== 34) return undefined
      const id = bytes
        .subarray(0, 16)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      return timingSafeEqual(bytes.subarray(16), signature(purpose, id)) ? id : undefined
    },
  }
}

/** The key of the instance, made at the first start. Processes that share a database share it too. */
export function readInstanceKey(dataDir: string): Buffer {
  const file = join(dataDir, 'instance.key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem
  }
  return readFileSync(file)
}

/** A token that is used once or ends by itself: given out whole, stored only as its SHA-256. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
