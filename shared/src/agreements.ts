import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

export const LONGEST_AGREEMENT = 4_000

/** How the kickoff of the guide begins; each group makes it its own. */
export const STARTER_AGREEMENT = `- What is said here stays here; what you learn may leave.
- You may always pass.
- Ask before you advise.
- We start and end on time, and say when we cannot come.`

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** How a group wants to work together, and who said yes to it. */
export const Agreement = Type.Object({
  /** Markdown; empty while there is none. */
  words: Type.String(),
  html: Type.String(),
  /** 0 while there is none; each new wording is a new version. */
  version: Type.Integer(),
  writtenAt: orNull(Instant),
  /** The newest version that I accepted. */
  mine: orNull(Type.Object({ version: Type.Integer(), acceptedAt: Instant })),
  /** How many members accepted the wording of now, of how many. */
  accepted: Type.Integer(),
  members: Type.Integer(),
  /** Organizers only: who accepted which version last. */
  people: Type.Optional(
    Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        version: orNull(Type.Integer()),
        acceptedAt: orNull(Instant),
      }),
    ),
  ),
  /** Earlier wordings, newest first. */
  earlier: Type.Array(Type.Object({ version: Type.Integer(), html: Type.String(), writtenAt: Instant })),
})
export type Agreement = Static<typeof Agreement>

const params = Type.Object({ slug: Type.String({ maxLength: 80 }) })

export const agreementCalls = define({
  readAgreement: {
    method: 'GET',
    path: '/api/groups/:slug/agreement',
    params,
    response: Agreement,
    summary:
      'The working agreement of a group, and who accepted it: a count for members, names for organizers',
  },
  writeAgreement: {
    method: 'PUT',
    path: '/api/groups/:slug/agreement',
    params,
    body: Type.Object({
      words: Type.String({ maxLength: LONGEST_AGREEMENT, pattern: '^[^\\u0000]*$' }),
      /** The version that the writer saw, so that nobody writes over what they have not read. */
      basedOn: Type.Integer({ minimum: 0 }),
    }),
    response: Agreement,
    summary: 'Give the working agreement a new wording, which everybody accepts anew',
  },
  acceptAgreement: {
    method: 'POST',
    path: '/api/groups/:slug/agreement/acceptance',
    params,
    body: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
    response: Agreement,
    summary: 'Say yes to the working agreement as it is worded now',
  },
})
