import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { createHash } from 'node:crypto'
import type { App, Guard } from '../http.ts'
import type { House } from '../house.ts'

const MINUTE = 60_000
/** Looks a minute from one network: previews and readers of feeds come for many people from few addresses. */
const LOOKS = 300

/** What a file holds, and by which tag a reader knows it again; `make` is asked only when they don't have it. */
export type File = { type: string; tag: string; make: () => Uint8Array | string | Promise<Uint8Array> }

/**
 * Files stand beside the API, at addresses that programs know. They are the same for everybody, and asked for anew each
 * time: what is no longer public is gone at once.
 */
export function giveFile<Proof>(
  house: House,
  app: App,
  url: string,
  guard: Guard<Proof>,
  read: (proof: Proof) => File | Promise<File>,
  params?: TSchema,
): void {
  app.get(url, {
    schema: { ...(params ? { params } : {}) },
    config: {
      guard: guard.name,
      rateLimit: house.config.limits ? { max: LOOKS, timeWindow: MINUTE } : false,
    },
    handler: async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return send(request, reply, await read(await guard(house, request)))
    },
  })
}

async function send(request: FastifyRequest, reply: FastifyReply, { type, tag, make }: File) {
  void reply
    .header('cache-control', 'public, no-cache')
    .header('etag', tag)
    // Shown on pages of others.
    .header('cross-origin-resource-policy', 'cross-origin')
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  const made = await make()
  return reply.type(type).send(typeof made === 'string' ? made : Buffer.from(made))
}

export const textFile = (type: string, text: string): File => ({
  type,
  tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
  make: () => text,
})
