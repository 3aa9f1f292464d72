import { Value } from 'typebox/value'
import { client } from '#lib/api.ts'
import { RoomConnection } from '#lib/rooms/follow-room.ts'
import { staleThreads, withThread } from '#shared/answer-first.ts'
import {
  applyDiscussionEvent,
  DiscussionEvent,
  isNews,
  unread,
  visibleThreads,
  withMark,
} from '#shared/discussion.ts'
import { timecode } from '#shared/moments.ts'
import { upTo, type Ranges } from '#shared/ranges.ts'
import type { PostHistory } from '#shared/post-parts.ts'
import { Refusal } from '#shared/refusals.ts'
import type { ReadMark } from '#shared/rooms.ts'
import type {
  Anchor,
  Discussion,
  HiddenPost,
  PostDraft,
  QuestionDraft,
  ReadThread,
  ThreadDraft,
} from '#shared/threads.ts'
import type { ReactionKind } from '#shared/words.ts'
import { GroupPeople } from './people.svelte.ts'

/** How long the socket may take to bring the news of what we wrote, before we look ourselves. */
const NEWS_WITHIN = 3_000
const FETCH_AGAIN_AFTER = 3_000

/** Where a discussion goes on: in an episode, or in the group itself. */
export type Log = {
  slug: string
  roomId: string
  episodeId?: string | undefined
  /** Only the threads of the group that are about this session, or only this thread. */
  sessionId?: string | undefined
  threadId?: string | undefined
}

/** The discussion of an episode or of a group as it goes on: what was loaded, and every event since. */
export class LiveDiscussion {
  readonly connection: RoomConnection
  /** Who can be mentioned here. */
  readonly people: GroupPeople
  /** A sentence about the latest news from others, for those who don't see the screen. */
  news = $state('')
  readonly #log: Log
  readonly #textChanged: () => void
  #discussion: Discussion = $state.raw({
    position: { number: 0, epoch: '' },
    reader: { id: '', facilitates: false, organizes: false, blocked: [] },
    threads: [],
  })

  /** `textChanged` is called when the episode itself was imported again, or words are gone by their age. */
  constructor(log: Log, loaded: Discussion, textChanged: () => void = () => undefined) {
    this.#log = log
    this.#textChanged = textChanged
    this.#discussion = loaded
    this.people = new GroupPeople(log.slug, loaded.reader.id)
    this.connection = new RoomConnection({
      roomId: log.roomId,
      position: loaded.position,
      mark: (marks) => this.#mark(marks),
      hear: (event, number) => this.#hear(Value.Parse(DiscussionEvent, event), number),
      reload: async () => {
        const position = await this.#reload()
        // What happened meanwhile is not told one by one.
        this.#textChanged()
        return position
      },
    })
  }

  /** The address of the group. */
  get slug(): string {
    return this.#log.slug
  }

  get reader(): Discussion['reader'] {
    return this.#discussion.reader
  }

  /** The threads that have words left. */
  get threads(): ReadThread[] {
    const { sessionId, threadId } = this.#log
    return visibleThreads(this.#discussion.threads).filter(
      ({ id, session }) =>
        (sessionId === undefined || session?.id === sessionId) && (threadId === undefined || id === threadId),
    )
  }

  unread(thread: ReadThread): number {
    return unread(thread, this.reader)
  }

  async start(draft: ThreadDraft): Promise<void> {
    const { slug, episodeId } = this.#log
    if (episodeId === undefined) await client().startGroupThread({ params: { slug }, body: draft })
    else await client().startThread({ params: { slug, episodeId }, body: draft })
    this.#expectNews(() => this.#discussion.threads.some(({ id }) => id === draft.threadId))
  }

  async reply(threadId: string, draft: PostDraft): Promise<void> {
    await client().reply({ params: this.#in(threadId), body: draft })
    this.#expectNews(() =>
      this.#discussion.threads.some(({ posts }) => posts.some(({ id }) => id === draft.postId)),
    )
  }

  /** @param revision the wording that was changed: another one since is not written over. */
  async edit(threadId: string, postId: string, body: string, revision: number): Promise<void> {
    await client().editPost({ params: { ...this.#in(threadId), postId }, body: { body, revision } })
    this.#expectNews()
  }

  async react(threadId: string, postId: string, kind: ReactionKind, on: boolean): Promise<void> {
    const call = { params: { ...this.#in(threadId), postId, kind } }
    if (on) await client().react(call)
    else await client().takeReactionBack(call)
    this.#expectNews()
  }

  /** What a post said before: not news, so it is fetched by whoever looks. */
  readHistory(threadId: string, postId: string): Promise<PostHistory> {
    return client().readHistory({ params: { ...this.#in(threadId), postId } })
  }

  async withdraw(threadId: string, postId: string): Promise<void> {
    await client().withdrawPost({ params: { ...this.#in(threadId), postId } })
    this.#expectNews()
  }

  async hide(threadId: string, postId: string, reason: string): Promise<void> {
    await client().hidePost({ params: { ...this.#in(threadId), postId }, body: { reason } })
    this.#expectNews()
  }

  async showAgain(threadId: string, postId: string): Promise<void> {
    await client().showPost({ params: { ...this.#in(threadId), postId } })
    this.#expectNews()
  }

  /** What was hidden and why: not news, so it is fetched by whoever may read it. */
  readHidden(threadId: string, postId: string): Promise<HiddenPost> {
    return client().readHiddenPost({ params: { ...this.#in(threadId), postId } })
  }

  async setQuestion(threadId: string, body: QuestionDraft): Promise<void> {
    await client().setQuestion({ params: this.#in(threadId), body })
    this.#expectNews()
  }

  async title(threadId: string, title: string): Promise<void> {
    await client().titleThread({ params: this.#in(threadId), body: { title } })
    this.#expectNews()
  }

  async place(threadId: string, anchor: Anchor): Promise<void> {
    await client().placeThread({ params: this.#in(threadId), body: anchor })
    this.#expectNews()
  }

  /** What I have read is mine alone: only my other pages hear of it. */
  async markRead({ id, lastNumber }: ReadThread, posts: Ranges = upTo(lastNumber)): Promise<void> {
    this.#mark([await client().markRead({ params: this.#in(id), body: { posts } })])
  }

  /** From where on somebody wants to find a thread unread: what stands there is not marked again just by being seen. */
  readonly keptUnread: Record<string, number> = {}

  /** From this post on, what others wrote is to be read again. */
  async markUnread(threadId: string, from: number): Promise<void> {
    this.keptUnread[threadId] = from
    this.#mark([await client().markUnread({ params: this.#in(threadId), body: { from } })])
  }

  async markAllRead(): Promise<void> {
    const { slug, episodeId } = this.#log
    const { marks } =
      typeof episodeId === 'string'
        ? await client().markEpisodeRead({ params: { slug, episodeId } })
        : await client().markGroupThreadsRead({ params: { slug } })
    this.#mark(marks)
  }

  /** How often I read something on other pages of mine that is not on this one. */
  readElsewhere = $state(0)
  /** The newest mark of each thread. */
  #marks: Record<string, number> = {}

  /** Each mark once, and none that is older than what is known, by whichever way it came first. */
  #mark(marks: readonly ReadMark[]): void {
    for (const mark of marks) {
      if (mark.revision <= (this.#marks[mark.threadId] ?? 0)) continue
      this.#marks[mark.threadId] = mark.revision
      if (!this.#discussion.threads.some(({ id }) => id === mark.threadId)) this.readElsewhere += 1
      this.#discussion = withMark(this.#discussion, mark)
    }
  }

  #in(threadId: string): { slug: string; threadId: string } {
    return { slug: this.#log.slug, threadId }
  }

  #hear(event: DiscussionEvent, number: number): void {
    this.#discussion = applyDiscussionEvent(this.#discussion, event, number)
    this.news = sentenceFor(event, this.#discussion) ?? this.news
    if (event.type === 'episode-changed') this.#textChanged()
    if (event.type === 'answers-changed') this.#fetch(event.threadId)
    else if (event.type === 'account-deleted') staleThreads(this.#discussion).forEach((id) => this.#fetch(id))
  }

  #toFetch: string[] = []
  #fetching: Promise<void> = Promise.resolve()

  /** Answers that not everybody may read are not told: what I may read of them is asked for, once for a burst of them. */
  #fetch(threadId: string): void {
    if (this.#toFetch.includes(threadId)) return
    this.#toFetch.push(threadId)
    this.#fetching = this.#fetching.then(async () => {
      // What is told from here on is fetched once more.
      this.#toFetch = this.#toFetch.filter((id) => id !== threadId)
      try {
        const fetched = await client().getThread({ params: this.#in(threadId) })
        this.#discussion = withThread(this.#discussion, fetched)
      } catch (problem) {
        if (problem instanceof Refusal && problem.code === 'not-found') return
        setTimeout(() => this.#fetch(threadId), FETCH_AGAIN_AFTER)
      }
    })
  }

  async #reload(): Promise<Discussion['position']> {
    const { slug, episodeId, sessionId, threadId } = this.#log
    // What is loaded may be older than a mark that was heard meanwhile: all marks are told again (RoomConnection).
    this.#marks = {}
    this.#discussion =
      episodeId === undefined
        ? await client().getGroupDiscussion({
            params: { slug },
            query: { session: sessionId, thread: threadId },
          })
        : await client().getDiscussion({ params: { slug, episodeId } })
    return this.#discussion.position
  }

  /** Some networks let no socket through: what we wrote is then fetched. */
  #expectNews(arrived: () => boolean = () => this.connection.status === 'connected'): void {
    setTimeout(() => {
      if (!arrived()) void this.#reload().catch(() => undefined)
    }, NEWS_WITHIN)
  }
}

function sentenceFor(event: DiscussionEvent, { reader, threads }: Discussion): string | undefined {
  const where = (thread: ReadThread | undefined) => {
    const start = thread?.anchor?.start
    if (thread?.title) return ` “${thread.title}”`
    return start == null ? '' : ` at ${timecode(start)}`
  }
  const thread = 'threadId' in event ? threads.find(({ id }) => id === event.threadId) : undefined
  switch (event.type) {
    case 'thread-started':
      if (event.thread.startedBy?.id === reader.id) return undefined
      return `${event.thread.startedBy?.name ?? 'Somebody'} started a thread${where({ ...event.thread, read: [], shut: false })}.`
    case 'post-added':
      if (!isNews(event.post, reader)) return undefined
      return `${event.post.by?.name ?? 'Somebody'} replied in the thread${where(thread)}.`
    case 'answers-changed':
    case 'reactions-changed':
    case 'post-edited':
    case 'post-withdrawn':
    case 'post-hidden':
    case 'post-shown':
    case 'question-set':
    case 'thread-placed':
    case 'thread-titled':
    case 'episode-changed':
    case 'account-deleted':
      return undefined
  }
}
