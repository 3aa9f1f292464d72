import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { showItems, shows } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireFacilitator, requireMember, type Facilitator, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

declare const proven: unique symbol

export type ShowRow = typeof shows.$inferSelect
export type ItemRow = typeof showItems.$inferSelect

/** A member's right to see the show of the path (`/api/groups/:slug/shows/:showId/…`). Only the guards here make one. */
export type ShowReader<Who extends Member = Member> = {
  readonly member: Who
  readonly show: ShowRow
  readonly [proven]: 'show'
}
/** The same for one item of it. */
export type ItemReader<Who extends Member = Member> = ShowReader<Who> & { readonly item: ItemRow }

export const requireShow = async (house: House, request: FastifyRequest): Promise<ShowReader> =>
  findShow(house, request, await requireMember(house, request))

/** Whoever may follow a show and stop following it. */
export const requireShowKeeper = async (
  house: House,
  request: FastifyRequest,
): Promise<ShowReader<Facilitator>> => findShow(house, request, await requireFacilitator(house, request))

export const requireItem = async (house: House, request: FastifyRequest): Promise<ItemReader> =>
  findItem(house, request, await requireShow(house, request))

export const requireItemKeeper = async (
  house: House,
  request: FastifyRequest,
): Promise<ItemReader<Facilitator>> => findItem(house, request, await requireShowKeeper(house, request))

/** A show of another group, or one that is not followed any more, is as unknown as one that never was. */
async function findShow<Who extends Member>(
  house: House,
  request: FastifyRequest,
  member: Who,
): Promise<ShowReader<Who>> {
  const { showId } = request.params as { showId: string }
  const [show] = await house.db
    .select()
    .from(shows)
    .where(and(eq(shows.groupId, member.group.id), eq(shows.id, showId), isNull(shows.stoppedAt)))
  if (!show) throw new Refusal('not-found')
  return { member, show } as ShowReader<Who>
}

async function findItem<Who extends Member>(
  house: House,
  request: FastifyRequest,
  reader: ShowReader<Who>,
): Promise<ItemReader<Who>> {
  const { itemId } = request.params as { itemId: string }
  const [item] = await house.db
    .select()
    .from(showItems)
    .where(and(eq(showItems.showId, reader.show.id), eq(showItems.id, itemId)))
  if (!item) throw new Refusal('not-found')
  return { ...reader, item }
}
