import { client } from '#lib/api.ts'
import { dropDraft, keepDraft, readDraft } from '#lib/threads/drafts.ts'
import { RoomConnection } from '#lib/rooms/follow-room.ts'
import { lineWords } from '#shared/corrections.ts'
import type { Episode, Segment } from '#shared/episodes.ts'
import type { Discussion } from '#shared/threads.ts'
import type { Correction, TranscriptChange } from '#shared/transcripts.ts'

const READ_AGAIN_AFTER = 3_000

/** A line that somebody is about to correct. `was`: as it stood when they began. */
export type Editing = {
  segment: number
  was: Segment
  text: string
  start: string
  end: string
  speaker: string
}

/** A transcript that somebody corrects: as it is now, whoever else changes it meanwhile, and what is being written. */
export class OpenTranscript {
  readonly connection: RoomConnection
  readonly params: { slug: string; episodeId: string }
  episode: Episode = $state.raw() as Episode
  editing = $state<Editing>()
  /** The line that is being written was changed by somebody else: what it says now. */
  overtaken = $state<Segment | 'gone'>()
  /** What was done last, to be taken back at once. */
  last = $state.raw<TranscriptChange>()
  readonly #draftKey: string

  constructor(slug: string, episode: Episode, { position, reader }: Discussion) {
    this.params = { slug, episodeId: episode.id }
    this.episode = episode
    this.#draftKey = `${reader.id}:${episode.id}:line`
    this.connection = new RoomConnection({
      roomId: episode.id,
      position,
      hear: (event) => {
        if ((event as { type?: string }).type === 'episode-changed') void this.read()
      },
      reload: async () => {
        const discussion = await client().getDiscussion({ params: this.params })
        await this.read()
        return discussion.position
      },
    })
  }

  /** Opens a line, and drops what was begun in another one. */
  open(segment: number, editing: Editing): void {
    this.editing = { ...editing, segment }
    this.overtaken = undefined
  }

  close(): void {
    this.editing = undefined
    this.overtaken = undefined
    dropDraft(this.#draftKey)
  }

  /** What was begun before a crash or a reload. */
  find(): void {
    const kept = readDraft(this.#draftKey) as Editing | null
    if (!kept?.was || typeof kept.text !== 'string') return
    this.editing = kept
    this.#placeEditing()
  }

  keep(): void {
    if (this.editing) keepDraft(this.#draftKey, $state.snapshot(this.editing))
  }

  /** Reads the text anew. What is being written stays, at the line where it belongs now. */
  async read(): Promise<void> {
    try {
      const again = await client().getEpisode({ params: this.params })
      if (again.revision < this.episode.revision) return
      this.episode = again
      this.#placeEditing()
    } catch {
      setTimeout(() => void this.read(), READ_AGAIN_AFTER)
    }
  }

  /** Sends corrections one after the other, each to the text that the one before left. */
  async send(corrections: readonly Correction[]): Promise<void> {
    let { revision } = this.episode
    try {
      for (const correction of corrections) {
        const change = await client().correctTranscript({
          params: this.params,
          body: { id: crypto.randomUUID(), revision, correction },
        })
        ;({ revision } = change)
        this.last = change
      }
    } finally {
      await this.read()
    }
  }

  async undoLast(): Promise<void> {
    const { last } = this
    if (!last) return
    await client().undoCorrection({
      params: { ...this.params, changeId: last.id },
      body: { id: crypto.randomUUID() },
    })
    this.last = undefined
    await this.read()
  }

  #placeEditing(): void {
    const { editing } = this
    if (!editing) return
    const { segments } = this.episode
    const same = (line: Segment | undefined) =>
      line !== undefined &&
      line.text === editing.was.text &&
      line.start === editing.was.start &&
      line.end === editing.was.end &&
      line.speaker === editing.was.speaker
    const found = segments.flatMap((line, index) => (same(line) ? [index] : []))
    const nearest = found.toSorted((a, b) => Math.abs(a - editing.segment) - Math.abs(b - editing.segment))[0]
    if (nearest !== undefined) {
      editing.segment = nearest
      this.overtaken = undefined
      return
    }
    const there = segments[editing.segment]
    // What I saved myself is what stands there.
    this.overtaken = there ?? 'gone'
    if (there && there.text === lineWords(editing.text)) this.overtaken = undefined
  }
}
