import type { FastifyReply } from 'fastify'
import { stringify } from 'yaml'
import { templateOf } from '#shared/template-blocks.ts'
import type { SharedTemplate, TemplateBody } from '#shared/templates.ts'
import type { House } from '../house.ts'
import { asciiOf } from '../slug.ts'
import type { TemplateKeeper } from './guards.ts'
import { creditLine, withOrigin } from './origin-line.ts'
import { readBody } from './save-version.ts'
import { readShared } from './share-template.ts'

const WIDTH = 110

/** A template as a file in the very shape of the guide's, so that it can be contributed to it. */
export async function writeTemplateFile(
  house: House,
  { template }: TemplateKeeper,
  reply: FastifyReply,
): Promise<string> {
  const body = await readBody(house.db, template.id, template.version)
  return asFile(withOrigin(body, template), reply)
}

/** What a public link shows, and where it was. */
export async function writeSharedFile(house: House, token: string, reply: FastifyReply): Promise<string> {
  const { template, url, number, author, licence }: SharedTemplate = await readShared(house, token)
  const credit = creditLine(`Version ${number} of “${template.title}”`, url, author, licence)
  return asFile({ ...template, sources: [...template.sources, credit] }, reply)
}

function asFile(body: TemplateBody, reply: FastifyReply): string {
  const name = asciiOf(body.title)
  const id = name === 'group' ? 'template' : name
  void reply.header('content-disposition', `attachment; filename="${id}.yaml"`)
  return stringify(templateOf(body, id), {
    lineWidth: WIDTH,
    blockQuote: 'folded',
    aliasDuplicateObjects: false,
  })
}
