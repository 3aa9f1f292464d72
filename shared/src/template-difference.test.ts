import { describe, expect, it } from 'vitest'
import { differenceToSource, takeOver } from './template-difference.ts'
import type { GroupTemplateBlock, TemplateBody } from './templates.ts'

const block = (key: string, more: Partial<GroupTemplateBlock> = {}): GroupTemplateBlock => ({
  ...{
    key,
    kind: 'discuss',
    title: key,
    minutes: 10,
    prompt: `Say ${key}`,
    notes: '',
    options: {},
  },
  ...more,
})
const body = (blocks: GroupTemplateBlock[], more: Partial<TemplateBody> = {}): TemplateBody => ({
  ...{ title: 'Raise', purpose: 'Ask', forWhom: 'All', skills: [] },
  groupSize: { least: 3, best: 6, most: 9 },
  preparation: { facilitator: [], everybody: [] },
  ...{ blocks, after: [], sources: [] },
  ...more,
})
const said = ({ changes, ours }: ReturnType<typeof differenceToSource>) => ({
  changes: changes.map(({ id, state, whole }) => [id, state, ...(whole ? [whole] : [])].join(' ')),
  ours,
})
const keys = ({ blocks }: TemplateBody) => blocks.map(({ key }) => key)

const base = body([block('open'), block('middle'), block('close')])

describe('what changed upstream', () => {
  it('K13: is nothing where only we changed something', () => {
    const ours = body([block('open'), block('middle', { minutes: 20 }), block('extra'), block('close')])
    expect(said(differenceToSource(base, base, ours))).toEqual({ changes: [], ours: 2 })
  })

  it('K13: is nothing where both made the same change', () => {
    const both = body([block('open', { prompt: 'New' }), block('middle'), block('close')])
    expect(said(differenceToSource(base, both, both))).toEqual({ changes: [], ours: 0 })
  })

  it('K13: tells what only they changed from what both changed, and from new and gone blocks', () => {
    const theirs = body(
      [
        block('open', { minutes: 5 }),
        block('middle', { prompt: 'Theirs' }),
        block('fresh', { kind: 'write' }),
      ],
      { purpose: 'Ask well' },
    )
    const ours = body([block('open'), block('middle', { prompt: 'Ours' }), block('close')])
    expect(said(differenceToSource(base, theirs, ours))).toEqual({
      changes: [
        'words:purpose theirs',
        'block:open theirs',
        'block:middle both',
        'block:close theirs gone',
        'block:fresh theirs new',
      ],
      ours: 0,
    })
  })

  it('K13: shows all three of what both changed', () => {
    const theirs = body([block('open'), block('middle', { prompt: 'Theirs' }), block('close')])
    const ours = body([block('open'), block('middle', { prompt: 'Ours' }), block('close')])
    expect(differenceToSource(base, theirs, ours).changes[0]?.parts).toEqual([
      { label: 'Prompt', base: 'Say middle', theirs: 'Theirs', ours: 'Ours' },
    ])
  })

  it('K13: a block that we threw out and they changed is asked about, not brought back', () => {
    const theirs = body([block('open'), block('middle', { minutes: 15 }), block('close')])
    const ours = body([block('open'), block('close')])
    expect(said(differenceToSource(base, theirs, ours)).changes).toEqual(['block:middle both gone-here'])
    expect(keys(takeOver(base, theirs, ours, []))).toEqual(['open', 'close'])
    expect(keys(takeOver(base, theirs, ours, ['block:middle']))).toEqual(['open', 'middle', 'close'])
  })

  it('K13: takes single blocks and leaves the others as they are here', () => {
    const theirs = body([block('open', { minutes: 5 }), block('fresh'), block('middle', { minutes: 30 })])
    const ours = body([block('open'), block('own'), block('middle'), block('close')])
    const taken = takeOver(base, theirs, ours, ['block:open', 'block:fresh'])
    expect(keys(taken)).toEqual(['open', 'fresh', 'own', 'middle', 'close'])
    expect(taken.blocks.map(({ minutes }) => minutes)).toEqual([5, 10, 10, 10, 10])
    expect(keys(takeOver(base, theirs, ours, ['block:close']))).toEqual(['open', 'own', 'middle'])
  })

  it('K13: takes another order without losing what is only here', () => {
    const theirs = body([block('middle'), block('open'), block('close')])
    const ours = body([block('open'), block('own'), block('middle'), block('close')])
    expect(said(differenceToSource(base, theirs, ours)).changes).toEqual(['order theirs'])
    expect(keys(takeOver(base, theirs, ours, ['order']))).toEqual(['middle', 'own', 'open', 'close'])
  })

  it('K13: with everything taken or left, nothing is asked again', () => {
    const theirs = body(
      [block('middle', { prompt: 'Theirs' }), block('open', { minutes: 5 }), block('fresh')],
      {
        title: 'Rise',
      },
    )
    const ours = body([block('open', { minutes: 7 }), block('middle'), block('close', { notes: 'Mine' })])
    const ids = differenceToSource(base, theirs, ours).changes.map(({ id }) => id)
    for (const take of [ids, ids.slice(0, 2), []]) {
      const next = takeOver(base, theirs, ours, take)
      const settled = takeOver(base, theirs, base, ids)
      expect(differenceToSource(settled, theirs, next).changes).toEqual([])
    }
  })

  it('K12: finds a block again that has another key and another name', () => {
    const renamed = body([
      block('open'),
      block('centre', { title: 'The middle', prompt: 'Say middle' }),
      block('close'),
    ])
    expect(said(differenceToSource(base, renamed, base)).changes).toEqual(['block:middle theirs'])
  })
})
