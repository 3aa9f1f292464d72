import { signInCalls } from './sign-in.ts'

/** All calls of the API, for the client of the web. */
export const api = { ...signInCalls }
export type Api = typeof api
