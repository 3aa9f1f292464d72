import { exportCalls as calls } from '#shared/exports.ts'
import { asFile } from '../as-file.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireGroupLog } from '../threads/guards.ts'
import { exportAnnotations, exportDiscussion, exportGroupThreads } from './export-discussion.ts'
import { requireDiscussion } from './guards.ts'

const EXPORTING = { limit: [30, 600] } as const

export function addExportRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.exportDiscussion,
    requireDiscussion,
    (reader, _input, _request, reply) => {
      asFile(reply, reader.episode.title, 'md')
      return exportDiscussion(house, reader)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.exportAnnotations,
    requireDiscussion,
    (reader, _input, _request, reply) => {
      asFile(reply, reader.episode.title, 'jsonld')
      return exportAnnotations(house, reader)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.exportGroupThreads,
    requireGroupLog,
    (log, _input, _request, reply) => {
      asFile(reply, `${log.member.group.slug} threads`, 'md')
      return exportGroupThreads(house, log)
    },
    EXPORTING,
  )
}
