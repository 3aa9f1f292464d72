import type { Static, TSchema } from 'typebox'

/** One call of the API, as both sides know it: the server answers it, the web and the OpenAPI page are made from it. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly response: TSchema
  /** The media type of what comes back, when it is text and no JSON. */
  readonly type?: string
  readonly summary: string
}

/** Keeps the literal types of a table of calls. */
export const define = <const Calls extends Record<string, Call>>(calls: Calls): Calls => calls

type Part<C, Name extends 'params' | 'query' | 'body'> = C extends {
  readonly [P in Name]: infer S extends TSchema
}
  ? { readonly [P in Name]: Static<S> }
  : unknown

/** What a call takes: only the parts that it declares. */
export type Input<C extends Call> = Part<C, 'params'> & Part<C, 'query'> & Part<C, 'body'>

/** What a call gives. */
export type Output<C extends Call> = Static<C['response']>
