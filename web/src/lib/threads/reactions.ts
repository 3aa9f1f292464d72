import { REACTION_WORDS, type Reaction } from '#shared/post-parts.ts'
import { REACTIONS, type ReactionKind } from '#shared/words.ts'

export type ReactionCount = { kind: ReactionKind; words: string; count: number; mine: boolean }

/** Each word that can be said about a post, how many said it, and whether I did. */
export const countReactions = (reactions: readonly Reaction[], me: string): ReactionCount[] =>
  REACTIONS.map((kind) => {
    const by = reactions.find((one) => one.kind === kind)?.by ?? []
    return { kind, words: REACTION_WORDS[kind], count: by.length, mine: by.some(({ id }) => id === me) }
  })

/** Beside one's own: "Me too, 3, you too". */
export const sayMine = ({ count }: Pick<ReactionCount, 'count'>): string => (count === 1 ? 'you' : 'you too')

/** "Ada, Ben and you". */
export function sayWho({ by }: Pick<Reaction, 'by'>, me: string): string {
  const names = by.filter(({ id }) => id !== me).map(({ name }) => name)
  return new Intl.ListFormat('en-GB').format(names.length < by.length ? [...names, 'you'] : names)
}
