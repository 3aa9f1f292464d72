import type { FastifyReply } from 'fastify'
import { myDataCalls as calls } from '#shared/my-data.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { asPage } from './as-page.ts'
import { exportMyData } from './export-my-data.ts'

const EXPORTING = { limit: [20, 600] } as const

export function addMyDataRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.exportMyData,
    requireSignIn,
    async (signedIn, _input, _request, reply) => {
      asFile(house, reply, 'json')
      return exportMyData(house, signedIn)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.exportMyPage,
    requireSignIn,
    async (signedIn, _input, _request, reply) => {
      const page = asPage(await exportMyData(house, signedIn))
      asFile(house, reply, 'html')
      void reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      return page
    },
    EXPORTING,
  )
}

/** Kept as a file, never shown as a page of this site. */
function asFile(house: House, reply: FastifyReply, ending: 'json' | 'html'): void {
  const day = house.now().toISOString().slice(0, 10)
  void reply.header('content-disposition', `attachment; filename="shortside-my-data-${day}.${ending}"`)
}
