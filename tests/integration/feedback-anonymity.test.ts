import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { feedbackRounds, feedbackSheets } from '#db/schema.ts'
import { openWith } from '#server/seals.ts'
import type { RoundDraft } from '#shared/feedback.ts'
import { askDraft, keysOf, openAsked, outsiders, receipt, saying } from '#tests/feedback.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

/** How many histories the swap is tried with; more on demand. */
const SWAPS = Number(process.env.SWAP_RUNS ?? 100)
const PEOPLE = 6
/** Short rounds, so that many of them pass while somebody stays signed in. */
const MINUTES = 30
const soon = ({ house }: TestHouse) => new Date(house.now().getTime() + MINUTES * 60_000).toISOString()

type Deed = {
  who: number
  state: 'draft' | 'submitted' | 'declined' | 'empty'
  words: string
  points: number
}

const deeds = fc.array(
  fc.record({
    who: fc.nat(PEOPLE - 1),
    state: fc.constantFrom('draft', 'submitted', 'submitted', 'submitted', 'declined', 'empty'),
    words: fc.string({ maxLength: 60, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    points: fc.nat(5),
  }),
  { minLength: 1, maxLength: 16 },
)

type Stage = { house: TestHouse; ada: TestPerson; lines: string[] }

async function openStage(): Promise<Stage> {
  const lines: string[] = []
  const house = await openHouse({ log: { write: (line) => void lines.push(line) } })
  return { house, ada: await house.person('Ada', { email: 'ada@example.org' }), lines }
}

/** Everything that anybody but the two of them is told in a round, with ids and tokens taken out. */
async function perform({ house, ada, lines }: Stage, history: readonly Deed[], round: number, swap: boolean) {
  const [one, other] = [0, 1]
  const playedBy = (who: number) => (swap && who <= 1 ? (who === one ? other : one) : who)
  const draft: RoundDraft = askDraft(house, {
    title: `Round ${round}.`,
    threshold: 4,
    closesAt: soon(house),
    reviewers: outsiders(PEOPLE, `-${round}`),
  })
  await openAsked(ada, draft)
  const keys = await keysOf(house)
  const statuses: number[] = []
  for (const { who, state, words, points } of history) {
    const key = keys.get(draft.reviewers[playedBy(who)]?.email ?? '') ?? ''
    const answer = await house.stranger().request({
      method: 'PUT',
      url: `/api/feedback/requests/${key}/sheet`,
      payload: {
        state,
        about: saying(draft, ada.id, words, points),
        reason: '',
        receipt: receipt(),
      },
    })
    if (who > 1) statuses.push(answer.statusCode)
  }
  const seen = {
    round: await ada.api.readRound({ params: { roundId: draft.id } }),
    lists: await ada.api.listMyFeedback(),
    requests: await Promise.all(
      draft.reviewers.map(({ email }) =>
        house.stranger().api.readRequest({ params: { key: keys.get(email ?? '') ?? '' } }),
      ),
    ),
    sizes: await house.house.db.execute(sql`select length(sealed) from feedback_sheets`),
    jobs: await house.house.db.execute(
      sql`select relname, n_live_tup >= 0 from pg_stat_user_tables where schemaname = 'pgboss' order by 1`,
    ),
  }
  house.pass({ minutes: MINUTES + 1 })
  await house.runJob('feedback-rounds')
  const { reports } = await ada.api.listMyFeedback()
  const mine = reports.find(({ title }) => title === draft.title)
  const after = {
    report: mine && (await ada.api.readReport({ params: { reportId: mine.id } })),
    file: mine && (await ada.api.exportReport({ params: { reportId: mine.id } })),
    mail: (await house.mail())
      .filter(({ subject }) => subject.includes(draft.title))
      .map((mail) => JSON.stringify(mail))
      .sort(),
    round: await ada.api.readRound({ params: { roundId: draft.id } }),
    lines: lines.splice(0),
  }
  return JSON.stringify({ statuses, seen, after })
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replace(/feedback\/answer\/[\w-]+/g, 'link')
}

it(
  'F4: looks the same to the letter to everybody else, whoever of two respondents said which',
  { timeout: 60_000 + SWAPS * 2_000 },
  async () => {
    const [straight, swapped] = [await openStage(), await openStage()]
    let round = 0
    await fc.assert(
      fc.asyncProperty(deeds, async (history) => {
        round += 1
        const asItWas = await perform(straight, history, round, false)
        expect(differenceOf(asItWas, await perform(swapped, history, round, true))).toBe('')
      }),
      { numRuns: SWAPS, endOnFailure: true },
    )
  },
)

/** The first place where two texts part. */
function differenceOf(one: string, other: string): string {
  const at = one.split('').findIndex((character, index) => character !== other[index])
  return one === other ? '' : `${one.slice(at - 60, at + 60)} | ${other.slice(at - 60, at + 60)}`
}

/** What somebody with a copy of the database can order rows by, and so guess who comes where. */
const ORDERS = ['ctid', 'xmin::text::bigint', 'lookup', 'length(sealed)', 'sealed']

it(
  'F5: gives a copy of the database no better guess than chance, before the release and after',
  { timeout: 120_000 },
  async () => {
    const house = await openHouse()
    const ada = await house.person('Ada')
    const hits = new Map(ORDERS.map((order) => [order, 0]))
    const rounds = 30
    for (let round = 0; round < rounds; round += 1) {
      const draft = askDraft(house, {
        threshold: 4,
        asksSelf: false,
        closesAt: soon(house),
        reviewers: outsiders(PEOPLE, `-${round}`),
      })
      await openAsked(ada, draft)
      // They answer in the order in which they were asked; whoever guesses knows that.
      const keys = await keysOf(house)
      for (const [index, { email }] of draft.reviewers.entries())
        await house.stranger().api.saveSheet({
          params: { key: keys.get(email ?? '') ?? '' },
          body: {
            state: 'submitted',
            about: saying(draft, ada.id, `secret ${'long '.repeat(index * 30)} ${index}`),
            reason: '',
            receipt: receipt(),
          },
        })
      const truth = await whoWroteWhich(house, draft)
      for (const order of ORDERS) {
        const { rows } = await house.house.db.execute<{ lookup: string }>(
          sql.raw(
            `select lookup from feedback_sheets where round_id = '${draft.id}' order by ${order}, random()`,
          ),
        )
        const right = rows.filter(({ lookup }, index) => truth.get(lookup) === index).length
        hits.set(order, (hits.get(order) ?? 0) + right)
      }
      const { rows: sizes } = await house.house.db.execute(
        sql`select distinct length(sealed) from feedback_sheets`,
      )
      expect(sizes).toHaveLength(1)
      if (round % 10 === 0) expect(await everyTable(house)).not.toContain('secret')
      house.pass({ minutes: MINUTES + 1 })
      await house.runJob('feedback-rounds')
    }
    // Of 180 guesses one in six is right by chance: 30, give or take five. Six times that is never chance.
    for (const [order, right] of hits) expect(right, order).toBeLessThan(30 + 5 * 5.1)
    expect(await everyTable(house)).not.toContain('secret')
    expect(await house.house.db.select().from(feedbackSheets)).toEqual([])
    for (const { roundKey } of await house.house.db.select().from(feedbackRounds)) expect(roundKey).toBeNull()
  },
)

/** Read with the key of the instance, which a copy of the database does not have. */
async function whoWroteWhich(house: TestHouse, { id }: RoundDraft): Promise<Map<string, number>> {
  const rounds = await house.house.db.select().from(feedbackRounds)
  const stored = rounds.find((round) => round.id === id)?.roundKey ?? ''
  const key = house.house.seals.open('feedback-key', stored)
  const sheets = await house.house.db.select().from(feedbackSheets)
  return new Map(
    sheets.map(({ lookup, sealed }) => {
      const text = openWith(key, Buffer.from(sealed, 'base64url')).toString()
      return [lookup, Number(/secret[^"]*?(\d) 0"/.exec(text)?.[1])]
    }),
  )
}

/** Every row of every table there is, the jobs' too. */
async function everyTable({ house }: TestHouse): Promise<string> {
  const { rows } = await house.db.execute<{ name: string }>(
    sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const tables = await Promise.all(
    rows.map(({ name }) => house.db.execute(sql.raw(`select to_json(t)::text as row from ${name} t`))),
  )
  return JSON.stringify(tables.map((table) => table.rows))
}
