import type { FastifyReply } from 'fastify'
import { myDataCalls as calls } from '#shared/my-data.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { clearSignInCookie } from '../sign-in/engine.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { limitTries } from '../sign-in/tries.ts'
import { asPage } from './as-page.ts'
import { deleteAccount } from './delete-account.ts'
import { exportMyData } from './export-my-data.ts'
import { readDeletion } from './read-deletion.ts'
import { requireDataLink } from './require-data-link.ts'

const EXPORTING = { limit: [20, 600] } as const
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

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
      void reply.header('content-security-policy', PAGE_POLICY)
      return page
    },
    EXPORTING,
  )
  addTakingRoutes(house, app)
  addDeletionRoutes(house, app)
}

/** For whoever can't sign in any more, because their account is suspended. */
function addTakingRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.takeMyData,
    requireDataLink,
    async (owner, _input, _request, reply) => {
      asFile(house, reply, 'json')
      return exportMyData(house, owner)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.takeMyPage,
    requireDataLink,
    async (owner, _input, _request, reply) => {
      const page = asPage(await exportMyData(house, owner))
      asFile(house, reply, 'html')
      void reply.header('content-security-policy', PAGE_POLICY)
      return page
    },
    EXPORTING,
  )
}

function addDeletionRoutes(house: House, app: App): void {
  const guesses = limitTries(house, {
    most: 10,
    minutes: 15,
    sentence: 'That was the wrong password too often. Wait a quarter of an hour, then try again.',
  })
  answer(house, app, calls.readDeletion, requireSignIn, (signedIn) => readDeletion(house, signedIn))
  answer(
    house,
    app,
    calls.deleteAccount,
    requireSignIn,
    async (signedIn, { body }, _request, reply) => {
      guesses.check(signedIn.account.email)
      guesses.count(signedIn.account.email)
      await deleteAccount(house, signedIn, body)
      clearSignInCookie(house, reply)
      return {}
    },
    { limit: [20, 300] },
  )
}

/** Kept as a file, never shown as a page of this site. */
function asFile(house: House, reply: FastifyReply, ending: 'json' | 'html'): void {
  const day = house.now().toISOString().slice(0, 10)
  void reply.header('content-disposition', `attachment; filename="shortside-my-data-${day}.${ending}"`)
}
