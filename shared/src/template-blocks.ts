import { minutesOf, type SessionTemplate } from './guide.ts'
import { MOST_BLOCKS } from './sessions.ts'
import type { GroupTemplateBlock, TemplateBody } from './templates.ts'
import type { BlockKind, PlanOptions } from './guide.ts'

/** Rules of templates: which block is which in two versions, and what of a plan may go along. */

const LONGEST_KEY = 48
/** How alike the words of two blocks have to be to be the same block under another name; 1 is the same. */
const ALIKE = 0.5

/** What a plan, a template of the guide and a template of a group have in common. */
export type AnyBlock = {
  readonly key?: string | undefined
  readonly kind: BlockKind
  readonly title: string
  readonly minutes: number
  readonly prompt: string
  readonly notes?: string | undefined
  readonly options?: PlanOptions | undefined
}

/** "Last time’s promises" becomes "last-time-s-promises". */
function keyOf(title: string): string {
  const key = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_KEY)
    .replace(/^-+|-+$/g, '')
  return key || 'block'
}

const isDrawn = (key: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)

/** Every block with a key of its own: the one that it has, or one made of its title. One that was drawn is replaced. */
export function withKeys<B extends AnyBlock>(blocks: readonly B[]): (B & { key: string })[] {
  const named = blocks.map(({ key }) => (key !== undefined && !isDrawn(key) ? key : undefined))
  const taken = new Set<string>()
  const own = named.map((key) => {
    if (key === undefined || taken.has(key)) return undefined
    taken.add(key)
    return key
  })
  return blocks.map((block, index) => {
    const key = own[index] ?? free(keyOf(block.title), taken)
    taken.add(key)
    return { ...block, key }
  })
}

function free(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`
}

/**
 * Which block of one version is which of the other: those with the same key, and of the rest those of one kind whose
 * words are alike. Gives the place in `others` for each place in `ones`.
 */
export function matchBlocks(ones: readonly AnyBlock[], others: readonly AnyBlock[]): Map<number, number> {
  const found = new Map<number, number>()
  const left = new Set(others.keys())
  for (const [one, { key }] of ones.entries()) {
    const other = key === undefined ? -1 : others.findIndex((block) => block.key === key)
    if (other === -1 || !left.delete(other)) continue
    found.set(one, other)
  }
  const pairs = [...ones.keys()]
    .filter((one) => !found.has(one))
    .flatMap((one) => [...left].map((other) => ({ one, other, alike: likeness(ones[one], others[other]) })))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike || a.one - b.one || a.other - b.other)
  for (const { one, other } of pairs) {
    if (found.has(one) || !left.delete(other)) continue
    found.set(one, other)
  }
  return found
}

/** From 0 to 1: how many words of title and prompt two blocks of one kind share; a title that stayed is enough. */
function likeness(one: AnyBlock | undefined, other: AnyBlock | undefined): number {
  if (!one || !other || one.kind !== other.kind) return 0
  if (one.title.trim().toLowerCase() === other.title.trim().toLowerCase()) return 1
  const [mine, theirs] = [wordsOf(one), wordsOf(other)]
  const shared = [...mine].filter((word) => theirs.has(word)).length
  const all = mine.size + theirs.size - shared
  return all === 0 ? 0 : shared / all
}

const wordsOf = ({ title, prompt }: AnyBlock) =>
  new Set(`${title} ${prompt}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])

/**
 * A block of a plan as a template keeps it: without questions that members asked in threads, without the part of an
 * episode that it was about.
 */
export function blockOfPlan(block: AnyBlock): Omit<GroupTemplateBlock, 'key'> & { key: string | undefined } {
  const asked = (block.options?.threads?.length ?? 0) > 0
  const { threads: _, part: __, ...options } = block.options ?? {}
  return {
    key: block.key,
    kind: block.kind,
    title: block.title,
    minutes: block.minutes,
    prompt: asked ? 'A question of the group.' : block.prompt,
    // They may name the thread.
    notes: asked ? '' : (block.notes ?? ''),
    options,
  }
}

export const blocksOfPlan = (blocks: readonly AnyBlock[]): GroupTemplateBlock[] =>
  withKeys(blocks.map(blockOfPlan)).slice(0, MOST_BLOCKS)

/** What stands in a file where words were left empty, because the guide wants some; an import reads it as empty. */
export const NO_PROMPT = 'No prompt was written for this block.'
export const NO_NOTES = 'No notes were written for this block.'

export function bodyOf({ id: _, minutes: __, ...template }: SessionTemplate): TemplateBody {
  return {
    ...template,
    blocks: withKeys(
      template.blocks.map((block) => ({
        ...blockOfPlan(block),
        prompt: block.prompt.trim() === NO_PROMPT ? '' : block.prompt,
        notes: block.notes.trim() === NO_NOTES ? '' : block.notes,
      })),
    ),
  }
}

/** A template of a group as one of the guide: what is empty gets words, so that it passes the guide's own check. */
export function templateOf(body: TemplateBody, id: string): SessionTemplate {
  const { title, purpose, forWhom, skills, groupSize, preparation, blocks, after, sources } = body
  return {
    ...{ id, title, purpose, forWhom, skills },
    minutes: minutesOf(blocks),
    ...{ groupSize, preparation },
    blocks: blocks.map(({ key, kind, title, minutes, prompt, notes, options }) => ({
      ...{ key, kind, title, minutes },
      prompt: prompt.trim() || NO_PROMPT,
      notes: notes.trim() || NO_NOTES,
      ...(Object.keys(options).length > 0 ? { options } : {}),
    })),
    ...{ after, sources },
  }
}

/** What somebody reads who may not read notes or the cards of roles. */
export function withoutSecrets(
  body: TemplateBody,
  { notes, cards }: { notes: boolean; cards: boolean } = { notes: false, cards: false },
): TemplateBody {
  return {
    ...body,
    // What the facilitator prepares is a note, too.
    preparation: notes ? body.preparation : { ...body.preparation, facilitator: [] },
    blocks: body.blocks.map((block) => {
      const { cards: secret, threads: _, ...open } = block.options
      return {
        ...block,
        notes: notes ? block.notes : '',
        options: cards && secret ? { ...open, cards: secret } : open,
      }
    }),
  }
}

/** The middle one of some numbers; of an even number, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [high, low] = [sorted[middle], sorted[middle - 1]]
  if (high === undefined) return undefined
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2
}

/** How many sessions the minutes of a block are looked at over. */
export const LAST_SESSIONS = 5

/**
 * How long the blocks of a template took, from sessions that were made of it, newest first.
 * @param sessions each the blocks that took place, with their minutes.
 */
export function timesOf(
  blocks: readonly GroupTemplateBlock[],
  sessions: readonly (readonly (AnyBlock & { took: number })[])[],
): { key: string; title: string; minutes: number; took: number | null; sessions: number }[] {
  const matched = sessions.map((session) => ({ session, places: matchBlocks(blocks, session) }))
  return blocks.map(({ key, title, minutes }, index) => {
    const last = matched
      .flatMap(({ session, places }) => {
        const place = places.get(index)
        const block = place === undefined ? undefined : session[place]
        return block ? [block.took] : []
      })
      .slice(0, LAST_SESSIONS)
    const took = median(last)
    return {
      ...{ key, title, minutes },
      took: took === undefined ? null : Math.max(1, Math.round(took)),
      sessions: last.length,
    }
  })
}
