import type { FastifyReply } from 'fastify'
import { foldWords } from '#shared/search-words.ts'

const LONGEST_NAME = 80

/** Named after what it is about, in letters that every system takes. */
export function asFile(reply: FastifyReply, title: string, ending: string): void {
  const name = foldWords(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '')
  void reply.header('content-disposition', `attachment; filename="${name || 'shortside'}.${ending}"`)
}
