import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'

const FOLDER = new URL('../../../db/sample/', import.meta.url)

const PersonId = Type.String()
/** Days from the day of loading: before it when negative. */
const Day = Type.Integer()

const Circle = Type.Object({
  group: Type.Object({
    name: Type.String(),
    purpose: Type.String(),
    programme: Type.String(),
    zone: Type.String(),
    room: Type.String(),
    onlineLink: Type.String(),
    places: Type.Integer(),
    /** Wall clock of the group's zone. */
    startsAt: Type.String(),
  }),
  people: Type.Array(
    Type.Object({
      id: PersonId,
      name: Type.String(),
      role: Type.Enum(['organizer', 'facilitator', 'member']),
    }),
  ),
  episodes: Type.Array(Type.Object({ file: Type.String(), day: Day, by: PersonId })),
  threads: Type.Array(
    Type.Object({
      episode: Type.String(),
      quote: Type.String(),
      question: Type.Optional(Type.Enum(['open', 'answered'])),
      posts: Type.Array(Type.Object({ by: PersonId, day: Day, text: Type.String() })),
    }),
  ),
  sessions: Type.Array(
    Type.Object({
      template: Type.String(),
      day: Day,
      episode: Type.Optional(Type.String()),
      absent: Type.Array(PersonId),
      turns: Type.Record(PersonId, Type.Integer()),
      /** One entry for each block of the template in which people write, in order. */
      answers: Type.Array(Type.Record(PersonId, Type.String())),
      commitments: Type.Array(
        Type.Object({
          by: PersonId,
          if: Type.String(),
          then: Type.String(),
          days: Type.Integer(),
          status: Type.Enum(['open', 'done', 'partly', 'not-yet', 'let-go']),
          what: Type.Optional(Type.String()),
        }),
      ),
    }),
  ),
  next: Type.Object({
    template: Type.String(),
    episode: Type.String(),
    day: Day,
    rsvps: Type.Record(PersonId, Type.Enum(['coming', 'not-coming'])),
  }),
})
export type Circle = Static<typeof Circle>

export const readCircle = (): Circle => Value.Parse(Circle, parse(readSampleFile('circle.yaml')))

export const readSampleFile = (name: string): string =>
  readFileSync(fileURLToPath(new URL(name, FOLDER)), 'utf8')
