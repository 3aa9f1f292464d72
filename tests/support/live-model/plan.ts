import { randomUUID } from 'node:crypto'
import { at, chairs, type Deed, type Page } from './deed.ts'
import { addMinutes } from './rules.ts'
import { find, live, newBlock, No, type Block, type World } from './world.ts'

const blockOn = ({ view }: Page, pick: number): string => at(view.blocks, pick)?.id ?? randomUUID()

/** After which block it stands on the page. */
const before = ({ view }: Page, blockId: string): string | null =>
  view.blocks[view.blocks.findIndex(({ id }) => id === blockId) - 1]?.id ?? null

/** Behind a block, and never before the one that is on. */
function put(world: World, block: Block, after: string | null): Block[] {
  const others = world.blocks.filter(({ id }) => id !== block.id)
  const behind = (id: string | null) => others.findIndex((one) => one.id === id) + 1
  const place = Math.max(behind(after), behind(world.current))
  return [...others.slice(0, place), block, ...others.slice(place)]
}

function requireAhead(world: World, block: Block): void {
  if (block.begun || block.id === world.current) throw new No('conflict')
}

export const PLAN_DEEDS = {
  insert: (page, pick) => {
    const blockId = randomUUID()
    const after = pick % 5 === 0 ? null : blockOn(page, pick)
    const minutes = 1 + (pick % 3)
    return chairs(
      'put a break in',
      (api, params) =>
        api.insertBlock({
          params: { ...params, blockId },
          body: { kind: 'break', title: 'Air', minutes, prompt: '', notes: '', options: {}, after },
        }),
      (world) => {
        live(world)
        if (world.happened.includes(blockId)) return
        if (after !== null) find(world, after)
        world.happened.push(blockId)
        world.blocks = put(world, newBlock({ id: blockId, kind: 'break', minutes, options: {} }), after)
      },
    )(page, pick)
  },
  changeMinutes: (page, pick) => {
    const blockId =
      pick % 2 === 0 ? (page.view.currentBlockId ?? '') || blockOn(page, pick) : blockOn(page, pick)
    const from = page.view.blocks.find(({ id }) => id === blockId)?.minutes ?? 1
    const to = 1 + (pick % 6)
    return chairs(
      'other minutes',
      (api, params, _page, _pick, id) =>
        api.changeBlock({ params: { ...params, blockId }, body: { id, minutes: { from, to } } }),
      (world, _page, _pick, now, id) => {
        live(world)
        if (world.happened.includes(id)) return
        const block = find(world, blockId)
        if (block.minutes === to) return
        if (block.minutes !== from) throw new No('conflict')
        if (block.id !== world.current) requireAhead(world, block)
        world.happened.push(id)
        block.minutes = to
        if (block.id === world.current) addMinutes(world, to - from, now)
      },
    )(page, pick)
  },
  move: (page, pick) => {
    const blockId = blockOn(page, pick)
    const from = before(page, blockId)
    const to = pick % 7 === 0 ? null : blockOn(page, pick * 3 + 1)
    return chairs(
      'move a block',
      (api, params, _page, _pick, id) =>
        api.moveBlock({ params: { ...params, blockId }, body: { id, from, to } }),
      (world, _page, _pick, _now, id) => {
        live(world)
        if (world.happened.includes(id)) return
        const block = find(world, blockId)
        if ((world.blocks[world.blocks.indexOf(block) - 1]?.id ?? null) !== from) return
        requireAhead(world, block)
        if (to === blockId) throw new No('invalid')
        if (to !== null) find(world, to)
        const order = put(world, block, to)
        if (order.every((one, place) => one === world.blocks[place])) return
        world.happened.push(id)
        world.blocks = order
      },
    )(page, pick)
  },
  skip: (page, pick) => {
    const blockId = blockOn(page, pick)
    const skipped = pick % 3 > 0
    return chairs(
      skipped ? 'skip a block' : 'take a block back in',
      (api, params, _page, _pick, id) =>
        api.skipBlock({ params: { ...params, blockId }, body: { id, skipped } }),
      (world, _page, _pick, _now, id) => {
        live(world)
        if (world.happened.includes(id)) return
        const block = find(world, blockId)
        if (block.skipped === skipped) return
        requireAhead(world, block)
        world.happened.push(id)
        block.skipped = skipped
      },
    )(page, pick)
  },
} satisfies Record<string, Deed>
