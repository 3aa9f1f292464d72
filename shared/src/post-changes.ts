import { withoutName } from './mentions.ts'
import { NO_PARTS } from './post-parts.ts'
import type { Hidden, Post } from './threads.ts'

/** What becomes of the posts of a thread when words go: also elsewhere, where they were quoted or somebody was named. */

const NO_WORDS = { body: '', html: '', ...NO_PARTS }

/** Whoever quotes words that are gone quotes nothing. */
const withoutQuotes = (posts: readonly Post[], gone: ReadonlySet<string>): Post[] =>
  posts.map((post) => (post.quote && gone.has(post.quote.postId) ? { ...post, quote: null } : post))

export const afterWithdrawal = (posts: readonly Post[], postId: string): Post[] =>
  withoutQuotes(
    posts.map((post) =>
      post.id === postId ? { ...post, ...NO_WORDS, withdrawn: true, hidden: null } : post,
    ),
    new Set([postId]),
  )

export const afterHiding = (posts: readonly Post[], postId: string, hidden: Hidden): Post[] =>
  withoutQuotes(
    posts.map((post) =>
      // Heard of the past, after its words were withdrawn.
      post.id === postId && !post.withdrawn ? { ...post, ...NO_WORDS, hidden } : post,
    ),
    new Set([postId]),
  )

/** Their words are gone and their name, what they said about others, and that others mentioned them. */
export const afterDeletion = (posts: readonly Post[], accountId: string): Post[] =>
  withoutQuotes(
    posts.map((post) =>
      post.by?.id === accountId
        ? { ...post, ...NO_WORDS, by: null, withdrawn: true, hidden: null }
        : {
            ...post,
            html: withoutName(post.html, accountId),
            mentions: post.mentions.filter(({ id }) => id !== accountId),
            reactions: post.reactions
              .map(({ kind, by }) => ({ kind, by: by.filter(({ id }) => id !== accountId) }))
              .filter(({ by }) => by.length > 0),
          },
    ),
    new Set(posts.flatMap(({ id, by }) => (by?.id === accountId ? [id] : []))),
  )
