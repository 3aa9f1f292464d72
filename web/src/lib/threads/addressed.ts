import { tick } from 'svelte'
import { visiblePosts } from '#shared/discussion.ts'
import type { ReadThread } from '#shared/threads.ts'

/** What an address leads to: a thread, or a post in it. */
export type Addressed = { threadId: string; postId?: string }

const ADDRESS = /^#(thread|post)-([\da-f-]{36})$/

/** Whether an address leads to a thread or a post at all. */
export const isAddressed = (hash: string): boolean => ADDRESS.test(hash)

/** Where it stands; nothing when it is not here any more, or not for its reader yet. */
export function findAddressed(hash: string, threads: readonly ReadThread[]): Addressed | undefined {
  const [, what, id] = ADDRESS.exec(hash) ?? []
  const thread = threads.find((one) =>
    what === 'thread' ? one.id === id : visiblePosts(one.posts).some((post) => post.id === id),
  )
  if (!thread) return undefined
  return what === 'post' && id !== undefined ? { threadId: thread.id, postId: id } : { threadId: thread.id }
}

/** What to say when it is not. */
export const notHere = (hash: string): string =>
  hash.startsWith('#post-')
    ? 'The post that this link leads to is not here: it was withdrawn, or it waits until you have answered yourself.'
    : 'The thread that this link leads to is not here any more.'

/** Brings a post into sight and the focus to it, once it is drawn. */
export async function focusPost(postId: string): Promise<void> {
  await tick()
  const post = document.getElementById(`post-${postId}`)
  post?.focus({ preventScroll: true })
  post?.scrollIntoView({ block: 'center' })
}
