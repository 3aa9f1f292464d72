import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { MyTable } from './evenings.ts'

/** A large session: many tables, one plenary. Docs: docs/live-sessions.md, L44. */

export const LONGEST_TABLE_SENTENCE = 280

const Id = Type.String({ format: 'uuid' })

/** What the tables have told of a block. */
export const Plenary = Type.Object({
  /** Numbers of those that are done, in order. */
  done: Type.Array(Type.Integer()),
  /** Nothing until they are revealed; then one of each table that wrote one. */
  sentences: Type.Union([
    Type.Array(Type.Object({ number: Type.Integer(), body: Type.String() })),
    Type.Null(),
  ]),
})
export type Plenary = Static<typeof Plenary>

/** The fields of the event. */
export const plenaryChanged = { blockId: Id, plenary: Plenary }

const Kept = {
  id: Id,
  blockId: Id,
  body: Type.String({ maxLength: LONGEST_TABLE_SENTENCE, pattern: '^[^\\u0000]*$' }),
  /** Counted by its writer: a late retry of an older text changes nothing. */
  revision: Type.Integer({ minimum: 1 }),
  done: Type.Boolean(),
}
/** What a host says of their table: that it is done, and one sentence for all. */
export const TableReport = Type.Object(Kept)
export type TableReport = Static<typeof TableReport>

export const MyPlenary = Type.Object({
  /** So many tables there are. */
  tables: Type.Integer(),
  mine: Type.Union([MyTable, Type.Null()]),
  /** What I wrote as a host. */
  reports: Type.Array(TableReport),
})
export type MyPlenary = Static<typeof MyPlenary>

const params = Type.Object({ sessionId: Id })
const ofBlock = Type.Object({ sessionId: Id, blockId: Id })

export const plenaryCalls = define({
  readMyPlenary: {
    method: 'GET',
    path: '/api/sessions/:sessionId/plenary',
    params,
    response: MyPlenary,
    summary: 'How many tables there are, where I sit, and what I wrote as a host',
  },
  writeTableReport: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/table-report',
    params,
    body: TableReport,
    response: TableReport,
    summary: 'As its host: my table is done, and its sentence to all. Answers with what is kept',
  },
  revealTables: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/blocks/:blockId/tables/reveal',
    params: ofBlock,
    response: Type.Object({}),
    summary: 'Show what the tables wrote in a block. From then on nothing in it can be changed',
  },
})
