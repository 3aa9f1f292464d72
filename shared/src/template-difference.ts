import type { BlockOptions, PlanOptions } from './guide.ts'
import { matchBlocks, withKeys } from './template-blocks.ts'
import type { GroupTemplateBlock, TemplateBody, TemplateChange } from './templates.ts'

/**
 * What changed upstream, three ways: as a template was taken (base), as it is there now (theirs), as it is here (ours).
 * What only we changed is no question; what both changed, differently, is never overwritten without being asked for.
 */

const FIELDS = [
  'title',
  'purpose',
  'forWhom',
  'skills',
  'groupSize',
  'preparation',
  'after',
  'sources',
] as const
type Field = (typeof FIELDS)[number]
const FIELD_NAMES: Record<Field, string> = {
  title: 'Title',
  purpose: 'Purpose',
  forWhom: 'For whom',
  skills: 'Skills',
  groupSize: 'Group size',
  preparation: 'Before the session',
  after: 'After the session',
  sources: 'Where it comes from',
}

type Block = GroupTemplateBlock
/** A block in each of the three, where it is there. */
type Row = { id: string; base?: Block | undefined; theirs?: Block | undefined; ours?: Block | undefined }
type State = 'same' | 'ours' | TemplateChange['state']
type Three<T> = { base: T; theirs: T; ours: T }

export type Difference = { changes: TemplateChange[]; ours: number }

export function differenceToSource(base: TemplateBody, theirs: TemplateBody, ours: TemplateBody): Difference {
  const rows = rowsOf(base, theirs, ours)
  const all = [
    ...FIELDS.map((field) => changeOfField(field, base, theirs, ours)),
    ...rows.map(changeOfBlock),
    changeOfOrder(rows, base, theirs, ours),
  ]
  return {
    changes: all.flatMap(({ state, change }) =>
      state === 'theirs' || state === 'both' ? [{ ...change, state }] : [],
    ),
    ours: all.filter(({ state }) => state === 'ours').length,
  }
}

/** Ours with what is chosen of theirs. A block that is new goes behind the one that it follows there. */
export function takeOver(
  base: TemplateBody,
  theirs: TemplateBody,
  ours: TemplateBody,
  ids: readonly string[],
): TemplateBody {
  const rows = rowsOf(base, theirs, ours)
  const taken = new Set(ids)
  const list: { row: Row; block: Block }[] = ours.blocks.flatMap((block) => {
    const row = rows.find((one) => one.ours === block)
    return row ? [{ row, block }] : []
  })
  const inTheirs = theirs.blocks.flatMap((block) => rows.find((row) => row.theirs === block) ?? [])
  for (const row of rows) {
    if (!taken.has(row.id) || row.theirs) continue
    const at = list.findIndex((one) => one.row === row)
    if (at !== -1) list.splice(at, 1)
  }
  for (const [index, row] of inTheirs.entries()) {
    if (!taken.has(row.id) || !row.theirs) continue
    const at = list.findIndex((one) => one.row === row)
    const block = { ...row.theirs, key: row.ours?.key ?? row.theirs.key }
    if (at !== -1) list[at] = { row, block }
    else {
      const before = inTheirs.slice(0, index).findLast((one) => list.some((placed) => placed.row === one))
      list.splice(list.findIndex((placed) => placed.row === before) + 1, 0, { row, block })
    }
  }
  const ordered = taken.has('order') ? inOrderOf(list, inTheirs) : list
  const words = Object.fromEntries(
    FIELDS.filter((field) => taken.has(`words:${field}`)).map((field) => [field, theirs[field]]),
  )
  return { ...ours, ...words, blocks: withKeys(ordered.map(({ block }) => block)) }
}

/** Blocks that stand in both keep the places of the list, in the other order. */
function inOrderOf<T extends { row: Row }>(list: readonly T[], wanted: readonly Row[]): T[] {
  const shared = wanted.flatMap((row) => list.find((one) => one.row === row) ?? [])
  let next = 0
  return list.map((one) => (wanted.includes(one.row) ? (shared[next++] ?? one) : one))
}

function rowsOf(base: TemplateBody, theirs: TemplateBody, ours: TemplateBody): Row[] {
  const [there, here] = [matchBlocks(base.blocks, theirs.blocks), matchBlocks(base.blocks, ours.blocks)]
  const known = base.blocks.map((block, index): Row => {
    const [their, our] = [there.get(index), here.get(index)]
    return {
      id: `block:${block.key}`,
      base: block,
      theirs: their === undefined ? undefined : theirs.blocks[their],
      ours: our === undefined ? undefined : ours.blocks[our],
    }
  })
  const added = theirs.blocks.filter((block) => !known.some((row) => row.theirs === block))
  const mine = ours.blocks.filter((block) => !known.some((row) => row.ours === block))
  const both = matchBlocks(added, mine)
  const fresh = added.map((block, index): Row => {
    const our = both.get(index)
    return { id: `block:${block.key}`, theirs: block, ours: our === undefined ? undefined : mine[our] }
  })
  const own = mine.filter((block) => !fresh.some((row) => row.ours === block))
  return [...known, ...fresh, ...own.map((block): Row => ({ id: `ours:${block.key}`, ours: block }))]
}

function stateOf({ base, theirs, ours }: Three<unknown>): State {
  const same = (one: unknown, other: unknown) => stable(one) === stable(other)
  if (same(theirs, base)) return same(ours, base) ? 'same' : 'ours'
  if (same(theirs, ours)) return 'same'
  return same(ours, base) ? 'theirs' : 'both'
}

/** Fields in one order, whoever wrote them. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? ''

type Found = { state: State; change: Omit<TemplateChange, 'state'> }

function changeOfField(field: Field, base: TemplateBody, theirs: TemplateBody, ours: TemplateBody): Found {
  const three = { base: base[field], theirs: theirs[field], ours: ours[field] }
  const label = FIELD_NAMES[field]
  const say = (body: TemplateBody) => sayField(field, body)
  return {
    state: stateOf(three),
    change: {
      id: `words:${field}`,
      name: label,
      whole: null,
      parts: [{ label, base: say(base), theirs: say(theirs), ours: say(ours) }],
    },
  }
}

function sayField(field: Field, body: TemplateBody): string {
  switch (field) {
    case 'title':
    case 'purpose':
    case 'forWhom':
      return body[field]
    case 'skills':
      return body.skills.join(', ')
    case 'groupSize':
      return `${body.groupSize.least} to ${body.groupSize.most}, best ${body.groupSize.best}`
    case 'preparation':
      return [
        ...body.preparation.facilitator.map((one) => `Facilitator: ${one}`),
        ...body.preparation.everybody.map((one) => `Everybody: ${one}`),
      ].join('\n')
    case 'after':
    case 'sources':
      return body[field].join('\n')
  }
}

function changeOfBlock({ id, base, theirs, ours }: Row): Found {
  const bare = (block: Block | undefined) => block && { ...block, key: '' }
  const one = theirs ?? ours ?? base
  return {
    state: stateOf({ base: bare(base), theirs: bare(theirs), ours: bare(ours) }),
    change: {
      id,
      name: one?.title ?? '',
      whole: !theirs ? 'gone' : !base && !ours ? 'new' : !ours ? 'gone-here' : null,
      parts: BLOCK_PARTS.map(({ label, say }) => ({
        label,
        base: base ? say(base) : null,
        theirs: theirs ? say(theirs) : null,
        ours: ours ? say(ours) : null,
      })).filter(
        (part) =>
          new Set([part.base, part.theirs, part.ours].filter((words) => words !== null)).size > 1 ||
          // Of a block that is new or gone, all that is not empty.
          ((!theirs || !ours || !base) && [part.base, part.theirs, part.ours].some((words) => words)),
      ),
    },
  }
}

const BLOCK_PARTS: { label: string; say: (block: Block) => string }[] = [
  { label: 'Title', say: ({ title }) => title },
  { label: 'Kind', say: ({ kind }) => kind },
  { label: 'Minutes', say: ({ minutes }) => String(minutes) },
  { label: 'Prompt', say: ({ prompt }) => prompt },
  { label: 'Notes', say: ({ notes }) => notes },
  { label: 'How it is done', say: ({ options }) => sayOptions(options) },
  {
    label: 'Role cards',
    say: ({ options }) => (options.cards ?? []).map(({ role, words }) => `${role}: ${words}`).join('\n'),
  },
]

const OPTION_NAMES: Partial<Record<keyof BlockOptions, string>> = {
  goRound: 'Everybody in turn',
  minutesEach: 'Minutes each',
  groupsOf: 'In groups of',
  roles: 'Roles',
  votes: 'Dots each',
  stayHidden: 'What is written stays with its writer',
  lastTime: 'Shows what was promised last time',
  keepPods: 'The same people stay together',
  changeRoles: 'Everybody takes the next role',
  tasks: 'Tasks',
  feedback: 'A round of feedback',
}

function sayOptions({ cards: _, ...options }: PlanOptions): string {
  return Object.entries(options)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const label = OPTION_NAMES[name as keyof BlockOptions] ?? spaced(name)
      return value === true ? label : `${label}: ${sayValue(value)}`
    })
    .join('\n')
}

/** "groupTogether" becomes "Group together". */
const spaced = (name: string) =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase())

function sayValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayValue).join(', ')
  if (value !== null && typeof value === 'object') return Object.values(value).map(sayValue).join(': ')
  return String(value)
}

/** The order of what stands in all three. */
function changeOfOrder(
  rows: readonly Row[],
  base: TemplateBody,
  theirs: TemplateBody,
  ours: TemplateBody,
): Found {
  const shared = rows.filter((row) => row.base && row.theirs && row.ours)
  const orderIn = (which: 'base' | 'theirs' | 'ours', { blocks }: TemplateBody) =>
    blocks.flatMap((block) => shared.find((row) => row[which] === block) ?? [])
  const three = {
    base: orderIn('base', base),
    theirs: orderIn('theirs', theirs),
    ours: orderIn('ours', ours),
  }
  const ids = (order: readonly Row[]) => order.map(({ id }) => id)
  const say = (order: readonly Row[]) => order.map(({ ours: block }) => block?.title ?? '').join('\n')
  return {
    state: stateOf({ base: ids(three.base), theirs: ids(three.theirs), ours: ids(three.ours) }),
    change: {
      id: 'order',
      name: 'The order of the blocks',
      whole: null,
      parts: [{ label: 'Order', base: say(three.base), theirs: say(three.theirs), ours: say(three.ours) }],
    },
  }
}
