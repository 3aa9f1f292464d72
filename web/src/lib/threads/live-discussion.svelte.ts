import { Value } from 'typebox/value'
import { client } from '#lib/api.ts'
import { RoomConnection } from '#lib/rooms/follow-room.ts'
import { applyDiscussionEvent, DiscussionEvent, isNews, unread, visibleThreads } from '#shared/discussion.ts'
import { timecode } from '#shared/moments.ts'
import type { Anchor, Discussion, HiddenPost, PostDraft, ReadThread, ThreadDraft } from '#shared/threads.ts'

/** How long the socket may take to bring the news of what we wrote, before we look ourselves. */
const NEWS_WITHIN = 3_000

/** The discussion of an episode as it goes on: what was loaded, and every event since. */
export class LiveDiscussion {
  readonly connection: RoomConnection
  /** A sentence about the latest news from others, for those who don't see the screen. */
  news = $state('')
  readonly #params: { slug: string; episodeId: string }
  readonly #textChanged: () => void
  #discussion: Discussion = $state.raw({
    position: { number: 0, epoch: '' },
    reader: { id: '', facilitates: false, organizes: false, blocked: [] },
    threads: [],
  })

  /** `textChanged` is called when the episode itself was imported again. */
  constructor(
    params: { slug: string; episodeId: string },
    loaded: Discussion,
    textChanged: () => void = () => undefined,
  ) {
    this.#params = params
    this.#textChanged = textChanged
    this.#discussion = loaded
    this.connection = new RoomConnection({
      roomId: params.episodeId,
      position: loaded.position,
      hear: (event, number) => this.#hear(Value.Parse(DiscussionEvent, event), number),
      reload: async () => {
        const position = await this.#reload()
        // What happened meanwhile is not told one by one.
        this.#textChanged()
        return position
      },
    })
  }

  get reader(): Discussion['reader'] {
    return this.#discussion.reader
  }

  /** The threads that have words left. */
  get threads(): ReadThread[] {
    return visibleThreads(this.#discussion.threads)
  }

  unread(thread: ReadThread): number {
    return unread(thread, this.reader)
  }

  async start(draft: ThreadDraft): Promise<void> {
    await client().startThread({ params: this.#params, body: draft })
    this.#expectNews(() => this.#discussion.threads.some(({ id }) => id === draft.threadId))
  }

  async reply(threadId: string, draft: PostDraft): Promise<void> {
    await client().reply({ params: { ...this.#params, threadId }, body: draft })
    this.#expectNews(() =>
      this.#discussion.threads.some(({ posts }) => posts.some(({ id }) => id === draft.postId)),
    )
  }

  async edit(threadId: string, postId: string, body: string): Promise<void> {
    await client().editPost({ params: { ...this.#params, threadId, postId }, body: { body } })
    this.#expectNews()
  }

  async withdraw(threadId: string, postId: string): Promise<void> {
    await client().withdrawPost({ params: { ...this.#params, threadId, postId } })
    this.#expectNews()
  }

  async hide(threadId: string, postId: string, reason: string): Promise<void> {
    await client().hidePost({ params: { ...this.#params, threadId, postId }, body: { reason } })
    this.#expectNews()
  }

  async showAgain(threadId: string, postId: string): Promise<void> {
    await client().showPost({ params: { ...this.#params, threadId, postId } })
    this.#expectNews()
  }

  /** What was hidden and why: not news, so it is fetched by whoever may read it. */
  readHidden(threadId: string, postId: string): Promise<HiddenPost> {
    return client().readHiddenPost({ params: { ...this.#params, threadId, postId } })
  }

  async setQuestion(threadId: string, question: 'none' | 'open' | 'answered'): Promise<void> {
    await client().setQuestion({ params: { ...this.#params, threadId }, body: { question } })
    this.#expectNews()
  }

  async place(threadId: string, anchor: Anchor): Promise<void> {
    await client().placeThread({ params: { ...this.#params, threadId }, body: anchor })
    this.#expectNews()
  }

  /** How far I have read is mine alone: nobody hears of it, so it is noted here. */
  async markRead({ id, lastNumber }: ReadThread): Promise<void> {
    const { read } = await client().markRead({
      params: { ...this.#params, threadId: id },
      body: { number: lastNumber },
    })
    this.#discussion = {
      ...this.#discussion,
      threads: this.#discussion.threads.map((thread) =>
        thread.id === id ? { ...thread, read: Math.max(thread.read, read) } : thread,
      ),
    }
  }

  #hear(event: DiscussionEvent, number: number): void {
    this.#discussion = applyDiscussionEvent(this.#discussion, event, number)
    this.news = sentenceFor(event, this.#discussion) ?? this.news
    if (event.type === 'episode-changed') this.#textChanged()
  }

  async #reload(): Promise<Discussion['position']> {
    this.#discussion = await client().getDiscussion({ params: this.#params })
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
  const where = (start: number | null | undefined) => (start == null ? '' : ` at ${timecode(start)}`)
  switch (event.type) {
    case 'thread-started':
      if (event.thread.startedBy?.id === reader.id) return undefined
      return `${event.thread.startedBy?.name ?? 'Somebody'} started a thread${where(event.thread.anchor.start)}.`
    case 'post-added': {
      if (!isNews(event.post, reader)) return undefined
      const thread = threads.find(({ id }) => id === event.threadId)
      return `${event.post.by?.name ?? 'Somebody'} replied in the thread${where(thread?.anchor.start)}.`
    }
    case 'post-edited':
    case 'post-withdrawn':
    case 'post-hidden':
    case 'post-shown':
    case 'question-set':
    case 'thread-placed':
    case 'episode-changed':
    case 'account-deleted':
      return undefined
  }
}
