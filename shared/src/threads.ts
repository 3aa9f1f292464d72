import Type, { type Static } from 'typebox'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** How many characters before and after a quote are kept, to find it again. */
export const CONTEXT = 32

/**
 * Where in an episode a thread hangs. All of it is stored, so that it can be found again when the transcript is
 * imported anew: the exact words and what stood around them, who said them, and when (seconds).
 */
export const Anchor = Type.Object({
  /** Empty when a moment or a chapter is meant, not words. */
  quote: Type.String({ maxLength: 2_000 }),
  prefix: Type.String({ maxLength: CONTEXT }),
  suffix: Type.String({ maxLength: CONTEXT }),
  speaker: Nullable(Type.String()),
  start: Nullable(Type.Number({ minimum: 0 })),
  end: Nullable(Type.Number({ minimum: 0 })),
  /** Start of the chapter, in seconds. */
  chapter: Nullable(Type.Number({ minimum: 0 })),
})
export type Anchor = Static<typeof Anchor>
