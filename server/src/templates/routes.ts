import { createHash } from 'node:crypto'
import { templateCalls as calls } from '#shared/templates.ts'
import { requireFacilitator, requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair } from '../sessions/guards.ts'
import { anyone } from '../sign-in/guards.ts'
import { archiveTemplate, changeTemplate } from './change-template.ts'
import { requireTemplate, requireTemplateKeeper } from './guards.ts'
import { importTemplate, previewImport } from './import-template.ts'
import { lookUpstream, repeatLookingAtSources } from './look-at-sources.ts'
import { readBlockTimes } from './read-block-times.ts'
import { listTemplates, readTemplate } from './read-templates.ts'
import { readUpstream } from './read-upstream.ts'
import { saveAsTemplate } from './save-as-template.ts'
import { settleUpstream } from './settle-upstream.ts'
import { readShared, revokeLink, shareTemplate } from './share-template.ts'
import { writeSharedFile, writeTemplateFile } from './write-file.ts'

/** These may ask a server elsewhere, or read a file of a stranger. */
const READING = { limit: [60, 600] } as const
const LOOKING = { limit: [120, 600] } as const

export function addTemplateRoutes(house: House, app: App): void {
  repeatLookingAtSources(house)
  answer(house, app, calls.listGroupTemplates, requireMember, (member) => listTemplates(house, member))
  answer(house, app, calls.getGroupTemplate, requireTemplate, (reader, { query }) =>
    readTemplate(house, reader, query.version),
  )
  answer(house, app, calls.changeGroupTemplate, requireTemplateKeeper, (keeper, { body }) =>
    changeTemplate(house, keeper, body),
  )
  answer(house, app, calls.archiveGroupTemplate, requireTemplateKeeper, (keeper, { body }) =>
    archiveTemplate(house, keeper, body.archived),
  )
  answer(house, app, calls.saveAsTemplate, requireChair, (chair, { body }) =>
    saveAsTemplate(house, chair, body),
  )
  answer(house, app, calls.readBlockTimes, requireFacilitator, (facilitator, { query }) =>
    readBlockTimes(house, facilitator, query),
  )
  answer(house, app, calls.writeTemplateFile, requireTemplateKeeper, (keeper, _input, _request, reply) =>
    writeTemplateFile(house, keeper, reply),
  )
  answer(house, app, calls.shareTemplate, requireTemplateKeeper, (keeper, { body }) =>
    shareTemplate(house, keeper, body),
  )
  answer(house, app, calls.revokeTemplateLink, requireTemplateKeeper, (keeper) => revokeLink(house, keeper))
  answer(
    house,
    app,
    calls.readSharedTemplate,
    anyone,
    async (_visitor, { params }, request, reply) => {
      const shared = await readShared(house, params.token)
      // Other instances come back every day, mostly to hear that nothing has changed.
      const tag = `"${createHash('sha256').update(JSON.stringify(shared)).digest('base64url').slice(0, 22)}"`
      void reply.header('cache-control', 'no-cache').header('etag', tag).header('x-robots-tag', 'noindex')
      if (request.headers['if-none-match'] === tag) void reply.code(304)
      return shared
    },
    LOOKING,
  )
  answer(
    house,
    app,
    calls.writeSharedFile,
    anyone,
    (_visitor, { params }, _request, reply) => {
      void reply.header('x-robots-tag', 'noindex')
      return writeSharedFile(house, params.token, reply)
    },
    LOOKING,
  )
  answer(
    house,
    app,
    calls.previewImport,
    requireFacilitator,
    (facilitator, { body }) => previewImport(house, facilitator, body),
    READING,
  )
  answer(
    house,
    app,
    calls.importTemplate,
    requireFacilitator,
    (facilitator, { body }) => importTemplate(house, facilitator, body),
    READING,
  )
  answer(house, app, calls.readUpstream, requireTemplateKeeper, (keeper) => readUpstream(house, keeper))
  answer(
    house,
    app,
    calls.lookUpstream,
    requireTemplateKeeper,
    (keeper) => lookUpstream(house, keeper),
    READING,
  )
  answer(house, app, calls.settleUpstream, requireTemplateKeeper, (keeper, { body }) =>
    settleUpstream(house, keeper, body),
  )
}
