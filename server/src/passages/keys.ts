import { createHash } from 'node:crypto'
import { wordsOf } from '#shared/search-words.ts'

/**
 * What stands before each word of a group and a language in the index, so that a search touches only what was said in
 * the groups it may read, and takes as long whatever is said elsewhere. Should two groups ever share one, the group is
 * asked for as well.
 */
export const keyOf = (groupId: string, configuration: string): string =>
  createHash('sha256').update(`${groupId} ${configuration}`).digest('base64url').slice(0, 6)

/** A point is in no word. */
export const kindWord = (key: string, kind: string): string => `${key}.k:${kind}`
export const writerWord = (key: string, accountId: string): string => `${key}.w:${accountId}`
export const speakerWords = (key: string, name: string): string[] =>
  wordsOf(name).map((word) => `${key}.s:${word}`)
