import { and, eq, isNotNull, lte, lt, notExists, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Reader, Transaction } from '#db/connect.ts'
import { artworks, episodes, shows } from '#db/schema.ts'
import { artworkFile } from '#shared/artworks.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireMember } from '../groups/guards.ts'
import type { App } from '../http.ts'
import type { House } from '../house.ts'
import { drawArtwork } from './draw-artwork.ts'
import { askOutside, NotGiven } from './fetch-outside.ts'

const AT_ONCE = 10
const HOUR = 3_600_000
const MOST_TRIES = 8
/** How long one that nothing shows any more is kept, because it may be wanted again at once. */
const KEPT = 24 * HOUR
const LOOKS = 600

/** Has a picture fetched within the next minute; without one there is nothing to do. */
export async function wantArtwork(
  house: House,
  tx: Transaction,
  groupId: string,
  url: string | null | undefined,
): Promise<void> {
  if (!url) return
  const now = house.now()
  await tx.insert(artworks).values({ groupId, url, wantedAt: now, nextTryAt: now }).onConflictDoNothing()
}

/** Joins what has a picture with the one that was fetched for it. */
export const isArtworkOf = ({ groupId, artworkUrl }: typeof episodes | typeof shows) =>
  and(eq(artworks.groupId, groupId), eq(artworks.url, artworkUrl), isNotNull(artworks.image))

export async function readArtworkId(
  reader: Reader,
  groupId: string,
  url: string | null,
): Promise<string | null> {
  if (url === null) return null
  const [found] = await reader
    .select({ id: artworks.id })
    .from(artworks)
    .where(and(eq(artworks.groupId, groupId), eq(artworks.url, url), isNotNull(artworks.image)))
  return found?.id ?? null
}

/** Looks every minute for pictures that are wanted, or to be tried again. */
export function repeatArtwork(house: House): void {
  house.jobs.repeat('fetch-artwork', '* * * * *', () => fetchArtwork(house))
  house.jobs.repeat('forget-artwork', '19 3 * * *', () => forgetArtwork(house))
}

async function fetchArtwork(house: House): Promise<void> {
  for (;;) {
    const now = house.now()
    const due = house.db
      .select({ id: artworks.id })
      .from(artworks)
      .where(lte(artworks.nextTryAt, now))
      .orderBy(artworks.nextTryAt)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true })
    // Taken for an hour: a process that dies over one leaves it to the next.
    const taken = await house.db
      .update(artworks)
      .set({ nextTryAt: new Date(now.getTime() + HOUR) })
      .where(sql`${artworks.id} in ${due}`)
      .returning()
    for (const one of taken) await fetchOne(house, one)
    if (taken.length < AT_ONCE) return
  }
}

async function fetchOne(house: House, { id, url, failures }: typeof artworks.$inferSelect): Promise<void> {
  const keep = (values: Partial<typeof artworks.$inferInsert>) =>
    house.db.update(artworks).set(values).where(eq(artworks.id, id))
  try {
    const { body } = await askOutside(url, { allow: house.config.feedNetworks })
    await keep({ image: await drawArtwork(body ?? Buffer.alloc(0)), nextTryAt: null })
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    // A server may be away for a while; what is no picture, too large or inside stays so.
    const mayChange = problem instanceof NotGiven || /could not reach|longer than/u.test(problem.message)
    const tries = failures + 1
    await keep({
      failures: tries,
      nextTryAt: mayChange && tries < MOST_TRIES ? new Date(house.now().getTime() + HOUR * 2 ** tries) : null,
    })
  }
}

/** What no show and no episode has any more. */
async function forgetArtwork(house: House): Promise<void> {
  const of = (table: typeof shows | typeof episodes) =>
    notExists(
      house.db
        .select({ id: table.id })
        .from(table)
        .where(and(eq(table.groupId, artworks.groupId), eq(table.artworkUrl, artworks.url))),
    )
  await house.db
    .delete(artworks)
    .where(and(lt(artworks.wantedAt, new Date(house.now().getTime() - KEPT)), of(shows), of(episodes)))
}

/** The picture itself, for members. It never changes under its id. */
export function addArtworkRoute(house: House, app: App): void {
  app.get(artworkFile(':slug', ':artworkId'), {
    schema: { params: Type.Object({ slug: Type.String(), artworkId: Type.String({ format: 'uuid' }) }) },
    config: {
      guard: requireMember.name,
      rateLimit: house.config.limits ? { max: LOOKS, timeWindow: 60_000 } : false,
    },
    handler: async (request: FastifyRequest, reply) => {
      void reply.header('cache-control', 'no-store')
      const { group } = await requireMember(house, request)
      const { artworkId } = request.params as { artworkId: string }
      const [found] = await house.db
        .select({ image: artworks.image })
        .from(artworks)
        .where(and(eq(artworks.groupId, group.id), eq(artworks.id, artworkId)))
      if (!found?.image) throw new Refusal('not-found')
      const tag = `"${artworkId}"`
      void reply
        .header('cache-control', 'private, max-age=86400')
        .header('vary', 'cookie')
        .header('etag', tag)
        .header('content-security-policy', "default-src 'none'; sandbox")
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      return reply.type('image/webp').send(found.image)
    },
  })
}
