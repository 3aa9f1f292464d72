import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/**
 * Closes words with the key of the instance, which lies outside the database: a copy of the database alone opens none of
 * them. Each purpose has a key of its own, so what was closed for one is not opened for another.
 */
export type Seals = {
  close: (purpose: SealPurpose, words: Buffer) => string
  /** @throws when the words were changed, closed for something else, or with the key of another instance. */
  open: (purpose: SealPurpose, sealed: string) => Buffer
  /** The same name for the same words each time, which nobody without the key can tell the words from. */
  name: (purpose: SealPurpose, words: string) => string
}

export type SealPurpose =
  | 'oidc-secret'
  | 'feedback-key'
  | 'feedback-report'
  | 'feedback-slip'
  | 'anonymous-answer'
  | 'anonymous-writer'

export function sealsWith(instanceKey: Buffer): Seals {
  const keyOf = (purpose: SealPurpose) =>
    Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), `seal:${purpose}`, 32))
  return {
    close: (purpose, words) => closeWith(keyOf(purpose), words).toString('base64url'),
    open: (purpose, sealed) => openWith(keyOf(purpose), Buffer.from(sealed, 'base64url')),
    name: (purpose, words) => createHmac('sha256', keyOf(purpose)).update(words).digest('base64url'),
  }
}

/** AES-256-GCM: a fresh nonce, the words, the tag. The key is 32 bytes. */
export function closeWith(key: Buffer, words: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, key, nonce)
  return Buffer.concat([nonce, cipher.update(words), cipher.final(), cipher.getAuthTag()])
}

/** @throws when it was changed, or closed with another key. */
export function openWith(key: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
}
