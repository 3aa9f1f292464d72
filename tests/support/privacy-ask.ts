import type { LightMyRequestResponse } from 'fastify'
import { randomUUID } from 'node:crypto'
import { api } from '#shared/api.ts'
import type { Call } from '#shared/contract.ts'
import type { TestPerson } from './house.ts'
import { CALLS } from './privacy-calls.ts'
import { PEOPLE, type Verdict, type Verdicts, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

export type CallName = keyof typeof api
export const CALL_NAMES = Object.keys(api) as CallName[]

/** What is sent: the parts of a call, as its schema names them. */
export type Parts = {
  params?: Record<string, string | number | boolean | null>
  query?: Record<string, unknown>
  body?: object
}

export const callOf = (name: CallName): Call => api[name]
export const rowOf = (name: CallName): { says: Verdicts; ask?: (world: World, who: Who) => Parts } =>
  CALLS[name]

/** Sends a call as it is, for what typed calls can't say. */
export function send(person: TestPerson, name: CallName, parts: Parts): Promise<LightMyRequestResponse> {
  const { method, path } = callOf(name)
  const { params = {}, query = {}, body } = parts
  return person.request({
    method,
    url: path.replace(/:(\w+)/g, (_all, param: string) =>
      encodeURIComponent(String(params[param] ?? '').toWellFormed()),
    ),
    query: Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)])),
    ...(body === undefined ? {} : { payload: body }),
  })
}

export const verdictOf = ({ statusCode, body }: LightMyRequestResponse): Verdict | 'fault' =>
  statusCode < 300 ? 'ok' : ((JSON.parse(body) as { code: Verdict | 'fault' }).code ?? 'fault')

/** Everything of an answer that its reader sees. */
export const wordsOf = ({ body, headers }: LightMyRequestResponse): string =>
  `${body} ${JSON.stringify(headers)}`

/** The same question about things that never were. */
export function elsewhere({ params = {}, ...rest }: Parts): Parts {
  const unknown = Object.fromEntries(
    Object.entries(params).map(([param, value]) => [
      param,
      param === 'kind' || param === 'duty' ? value : param === 'slug' ? 'circle-abcdef' : randomUUID(),
    ]),
  )
  return { ...rest, params: unknown }
}

/** Which account is whose. */
export const whoHas = ({ people }: World, email: string): Who | undefined =>
  PEOPLE.find((who) => people[who].email === email)
