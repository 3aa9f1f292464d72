import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Writer } from './threads.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })

/** How many characters are looked for at the most. */
export const LONGEST_SEARCH = 200
/** How many places a page shows, how many hits of each, and how many hits when one place was chosen. */
export const PLACES_SHOWN = 10
export const HITS_OF_PLACE = 3
export const HITS_SHOWN = 20
/** Counted so far. With more, the newest places are shown. */
export const MOST_COUNTED = 2_000

/** Where words stand: in a title, a chapter, the transcript or the notes of an episode; a thread's title, a post, or a highlight of my own. */
export const HitKind = Type.Enum(['title', 'chapter', 'transcript', 'notes', 'thread', 'post', 'highlight'])
export type HitKind = Static<typeof HitKind>

/** What is looked for, and where. */
export const SearchAsked = Type.Object({
  words: Type.String({ default: '', maxLength: LONGEST_SEARCH }),
  kind: Type.Optional(HitKind),
  /** The name in the address of a group that I am in. */
  group: Type.Optional(Type.String({ maxLength: 100 })),
  episode: Type.Optional(Id),
  /** Who speaks in the transcript; a part of the name is enough. */
  speaker: Type.Optional(Type.String({ maxLength: 200 })),
  /** Who wrote it. */
  person: Type.Optional(Id),
  /** I am still typing: the last word may go on. */
  typing: Type.Optional(Type.Boolean()),
  /** Goes on after a page, with its `next`. */
  after: Type.Optional(Type.String({ maxLength: 60 })),
})
export type SearchAsked = Static<typeof SearchAsked>

/** A piece of text, and whether it was looked for. It is text, whatever it looks like. */
const Part = Type.Object({ text: Type.String(), marked: Type.Boolean() })

export const Hit = Type.Object({
  kind: HitKind,
  parts: Type.Array(Part),
  /** The moment to jump to, in seconds. */
  start: Nullable(Type.Number()),
  /** Who speaks. */
  speaker: Nullable(Type.String()),
  /** Who wrote it, and when. */
  by: Writer,
  at: Nullable(Type.String({ format: 'date-time' })),
  threadId: Nullable(Type.String()),
  postId: Nullable(Type.String()),
})
export type Hit = Static<typeof Hit>

/** An episode, or a thread of a group or a session, with what was found there. */
export const FoundPlace = Type.Object({
  id: Type.String(),
  group: Type.Object({ slug: Type.String(), name: Type.String() }),
  /** Null: it is a thread. */
  episode: Nullable(
    Type.Object({ id: Type.String(), title: Type.String(), showTitle: Nullable(Type.String()) }),
  ),
  title: Type.String(),
  /** How many hits there are in it. */
  count: Type.Integer(),
  hits: Type.Array(Hit),
})
export type FoundPlace = Static<typeof FoundPlace>

const Counted = { count: Type.Integer() }

export const SearchFound = Type.Object({
  /** How many hits; `more` when nobody counted further. */
  count: Type.Integer(),
  more: Type.Boolean(),
  places: Type.Array(FoundPlace),
  /** The one episode that was looked through. */
  within: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  next: Nullable(Type.String()),
  /** What these hits could be narrowed to. */
  kinds: Type.Array(Type.Object({ kind: HitKind, ...Counted })),
  groups: Type.Array(Type.Object({ slug: Type.String(), name: Type.String(), ...Counted })),
  speakers: Type.Array(Type.Object({ name: Type.String(), ...Counted })),
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), ...Counted })),
})
export type SearchFound = Static<typeof SearchFound>

export const searchCalls = define({
  search: {
    method: 'GET',
    path: '/api/search',
    query: SearchAsked,
    response: SearchFound,
    summary:
      'Words in what I may read: transcripts, notes, titles, chapters, posts. Takes "words in this order", -without and or',
  },
})
