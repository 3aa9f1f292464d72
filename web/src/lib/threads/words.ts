import type { Placement } from '#shared/anchors.ts'
import { timecode } from '#shared/moments.ts'
import type { Anchor, Discussion, Hidden, Question, ReadThread } from '#shared/threads.ts'
import { isBlocked, visiblePosts } from '#shared/discussion.ts'

/** The words of the group's discussion. */

export const QUESTION_WORDS: Record<Question, string> = {
  none: '',
  open: 'open question',
  planned: 'goes into a session',
  answered: 'answered',
}

/** Who took a post out of sight. */
export const HIDDEN_WORDS: Record<Exclude<Hidden, null>, string> = {
  organizer: 'Hidden by an organizer.',
  facilitator: 'Hidden by a facilitator.',
  operator: 'Hidden by the operator of this instance.',
}

/**
 * What became of the words a thread is about, and what to do, for those who may say what it is about and for the others;
 * nothing to say when they are where they were.
 */
export function stateInWords(
  state: Placement['state'],
  { start }: Pick<Anchor, 'start'>,
  may: boolean,
): string {
  const at = start === null ? '' : ` at ${timecode(start)}`
  const others = 'Whoever started it, or a facilitator, can say'
  switch (state) {
    case 'exact':
      return ''
    case 'moved':
      return `These words stood${at} when the thread was started, and have moved since. ${
        may ? 'Confirm that it is still about them.' : `${others} that it is still about them.`
      }`
    case 'uncertain':
      return `The transcript has changed. The dashed words may be the ones that were meant. ${
        may ? 'Confirm them, or choose others.' : `${others} which they are.`
      }`
    case 'lost':
      return `The transcript has changed, and these words are not in it any more. The thread stands near where they were${at}. ${
        may ? 'Choose what it is about now, or leave it here.' : `${others} what it is about now.`
      }`
  }
}

/** Of a thread whose first post was withdrawn or is hidden. */
export const GONE_TITLE = 'A thread without a title'

/** The heading of a thread. It goes with its first post, and is folded with the words of whom the reader blocked. */
export function titleInWords(
  { title, posts: [first] }: Pick<ReadThread, 'title' | 'posts'>,
  reader: Discussion['reader'],
): string {
  if (first && isBlocked(first, reader)) return `A thread by ${first.by?.name}, whom you blocked`
  return title || GONE_TITLE
}

/** What waits for whoever has not answered yet. */
export function answersWait(answers: number): string {
  if (answers === 0) return 'Nobody has answered yet. Answers appear once you have written yours.'
  return answers === 1
    ? 'One answer waits. It appears once you have written yours.'
    : `${answers} answers wait. They appear once you have written yours.`
}

/** "6 replies, 2 new". Of answers that wait for one's own, how many there are. */
export function repliesInWords(thread: ReadThread, unread: number): string {
  if (thread.shut) return thread.answers === 0 ? 'No answer yet' : count(thread.answers, 'answer')
  const replies = visiblePosts(thread.posts).length - 1
  if (replies === 0) return unread > 0 ? 'New, no reply yet' : 'No reply yet'
  return unread > 0
    ? `${count(replies, 'reply', 'replies')}, ${unread} new`
    : count(replies, 'reply', 'replies')
}

export const count = (number: number, one: string, many = `${one}s`) =>
  `${number} ${number === 1 ? one : many}`
