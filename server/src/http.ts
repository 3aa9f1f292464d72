import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call, Input, Output } from '#shared/contract.ts'
import { Refusal, type Problem } from '#shared/refusals.ts'
import type { Config } from './config.ts'
import { describeFault, refusalOfDatabase } from './faults.ts'
import { EARLIEST_YEAR, isDay, isId, isInstant, LATEST_YEAR } from './formats.ts'
import type { House } from './house.ts'

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse>

/** Gives proof that somebody may do something, or refuses. Strangers hear "not found". */
export type Guard<Proof> = (house: House, request: FastifyRequest) => Promise<Proof>

/** How often one address may call: `[times, per seconds]`. */
type Limit = readonly [number, number]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name of the guard; a route without one fails at start. */
    guard?: string
  }
}

const LARGEST_BODY = 1_048_576

/** @param log where the lines go; standard output when nothing is said. */
export function createApp(config: Config, log?: { write: (line: string) => void }): App {
  const app: App = Fastify({
    logger: {
      level: config.logLevel,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
      serializers: { err: describeFault },
      ...(log ? { stream: log } : {}),
    },
    bodyLimit: LARGEST_BODY,
    trustProxy: 'loopback, linklocal, uniquelocal',
    forceCloseConnections: true,
    pluginTimeout: 120_000,
    routerOptions: { maxParamLength: 300 },
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    // An address that the router can't read gets a sentence like everything else.
    frameworkErrors: (error, request, reply) => refuse(error, request, reply),
  })

  // Bodies are taken as they are; only what can't be anything but text (query, params) is read as a number or boolean.
  const ajvs = { body: makeAjv(false), other: makeAjv(true) }
  app.setValidatorCompiler(({ schema, httpPart }) =>
    ajvs[httpPart === 'body' ? 'body' : 'other'].compile(schema as object),
  )

  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api') && route.method !== 'HEAD' && !route.config?.guard) {
      throw new Error(`${String(route.method)} ${route.url} has no guard.`)
    }
  })
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => refuse(error, request, reply))
  app.setNotFoundHandler((request, reply) => refuse(new Refusal('not-found'), request, reply))
  return app
}

function makeAjv(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({
    coerceTypes,
    useDefaults: true,
    // What a schema does not name goes no further: actions may store what they are given.
    removeAdditional: 'all',
    allErrors: false,
    verbose: true,
    strict: false,
  })
  ;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
  ajv.addFormat('uuid', isId)
  ajv.addFormat('date', isDay)
  ajv.addFormat('date-time', isInstant)
  return ajv
}

/** Answers a call of the contract: the guard gives the proof that the action asks for. */
export function answer<C extends Call, Proof>(
  house: House,
  app: App,
  call: C,
  guard: Guard<Proof>,
  action: (proof: Proof, input: Input<C>, request: FastifyRequest, reply: FastifyReply) => Promise<Output<C>>,
  { limit, bodyLimit }: { limit?: Limit; bodyLimit?: number } = {},
): void {
  app.route({
    method: call.method,
    url: call.path,
    ...(bodyLimit ? { bodyLimit } : {}),
    schema: {
      summary: call.summary,
      ...(call.params ? { params: call.params } : {}),
      ...(call.query ? { querystring: call.query } : {}),
      ...(call.body ? { body: call.body } : {}),
      response: { 200: call.response },
    },
    config: {
      guard: guard.name,
      ...(limit && house.config.limits
        ? { rateLimit: { max: limit[0], timeWindow: limit[1] * 1000 } }
        : { rateLimit: false as const }),
    },
    handler: async (request, reply) => {
      const proof = await guard(house, request)
      const { params, query, body } = request
      const output = await action(proof, { params, query, body } as Input<C>, request, reply)
      if (call.type) void reply.type(call.type)
      return reply.send(output)
    },
  })
}

function refuse(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof Refusal ? error : asRefusal(error, request)
  if (refusal) {
    const problem: Problem = {
      code: refusal.code,
      message: refusal.message,
      ...(refusal.field ? { field: refusal.field } : {}),
    }
    return reply.code(refusal.status).send(problem)
  }
  request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'fault')
  const problem: Problem = {
    code: 'fault',
    message:
      'That went wrong on our side, and we are looking into it. What you wrote is still here: try again in a moment.',
    requestId: request.id,
  }
  return reply.code(500).send(problem)
}

function asRefusal(error: FastifyError, request: FastifyRequest): Refusal | undefined {
  const [first] = error.validation ?? []
  if (first) {
    const { missingProperty } = first.params
    const field = first.instancePath.slice(1) || (typeof missingProperty === 'string' ? missingProperty : '')
    return new Refusal('invalid', sentenceFor(first, field), field)
  }
  if (error.statusCode === 429) return new Refusal('too-many')
  if (error.statusCode === 413) {
    const megabytes = (request.routeOptions.bodyLimit ?? LARGEST_BODY) / 1_048_576
    return new Refusal('too-large', `That is more than ${megabytes} MB at once. Send less.`)
  }
  if (error.statusCode && error.statusCode < 500)
    return new Refusal('invalid', 'That request could not be read. Reload the page and try again.')
  return refusalOfDatabase(error)
}

type ValidationProblem = { keyword: string; params: Record<string, unknown>; data?: unknown }

/** What is wrong with a field, in words of everyday life: with the limit, and with what was given. */
function sentenceFor({ keyword, params, data }: ValidationProblem, field: string): string {
  const name =
    field === ''
      ? 'This'
      : `“${
          field
            .split('/')
            .at(-1)
            ?.replace(/([A-Z])/g, ' $1')
            .toLowerCase() ?? field
        }”`
  const limit = Number(params.limit).toLocaleString('en')
  switch (keyword) {
    case 'required':
      return `${name} is missing.`
    case 'maxLength':
      return `${name} may be at most ${limit} characters long; this is ${String(data).length.toLocaleString('en')}.`
    case 'minLength':
      return Number(params.limit) === 1
        ? `${name} can't be empty.`
        : `${name} needs at least ${limit} characters.`
    case 'maximum':
      return `${name} can be at most ${limit}.`
    case 'minimum':
      return `${name} must be at least ${limit}.`
    case 'maxItems':
      return `${name} may hold at most ${limit} entries.`
    case 'minItems':
      return `${name} needs at least ${limit}.`
    case 'format':
      return sentenceForFormat(String(params.format), name)
    default:
      return `${name} is not something we can use here.`
  }
}

function sentenceForFormat(format: string, name: string): string {
  switch (format) {
    case 'email':
      return 'That does not look like an e-mail address.'
    case 'date':
      return `${name} needs a day between the years ${EARLIEST_YEAR} and ${LATEST_YEAR}, such as 2026-12-01.`
    case 'date-time':
      return `${name} needs a day and a time between the years ${EARLIEST_YEAR} and ${LATEST_YEAR}, such as 2026-12-01T17:30:00Z.`
    default:
      return `${name} is not a valid ${format}.`
  }
}
