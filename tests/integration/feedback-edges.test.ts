import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { RoundDraft, SheetState } from '#shared/feedback.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import { askDraft, keyOf, openAsked, outsiders, receipt, saying } from '#tests/feedback.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

const THRESHOLD = 4
/** How often an answer and the close meet. */
const ROUNDS = 16

const close = async (house: TestHouse) => {
  house.pass({ days: 15 })
  await house.runJob('feedback-rounds')
}

/** Writes as somebody who is signed in and asked. */
async function write(person: TestPerson, draft: RoundDraft, state: SheetState, words: string) {
  const { requests } = await person.api.listMyFeedback()
  const key = requests.find(({ title }) => title === draft.title)?.key ?? ''
  return person.api.saveSheet({
    params: { key },
    body: { state, about: saying(draft, null, words), reason: '', receipt: receipt() },
  })
}

type Way = (who: TestPerson, circle: Circle, draft: RoundDraft) => Promise<unknown>
const goes: Record<string, Way> = {
  'leaves the group': (who, { slug }) => who.api.leaveGroup({ params: { slug }, body: {} }),
  'deletes the account': (who) => who.api.deleteAccount({ body: { email: who.email } }),
  declines: (who, _circle, draft) => write(who, draft, 'declined', ''),
  'takes back what was written': (who, _circle, draft) => write(who, draft, 'empty', ''),
}
const gone = ['leaves the group', 'deletes the account']
const moments = ['before it opens', 'asked', 'with a draft', 'sent'] as const

const cases = Object.keys(goes).flatMap((way) =>
  moments
    .filter((moment) => moment !== 'before it opens' || gone.includes(way))
    .flatMap((moment) => [THRESHOLD, THRESHOLD - 1].map((answering) => ({ way, moment, answering }))),
)

it.for(cases)(
  'F2: somebody $way ($moment); with $answering others who answer the threshold of four holds',
  async ({ way, moment, answering }) => {
    const circle = await openCircle()
    const { ada, ben, cleo, slug } = circle
    const staying = [ada, ben, cleo, await circle.join('Dora')]
    const going = await circle.join('Gus')
    const go = () => goes[way]?.(going, circle, draft)
    const draft = askDraft(circle, {
      kind: 'about-group',
      group: slug,
      asksSelf: false,
      threshold: THRESHOLD,
    })
    await ada.api.saveRound({ body: draft })
    if (moment === 'before it opens') await go()
    await ada.api.openRound({ params: { roundId: draft.id } })
    if (moment === 'with a draft') await write(going, draft, 'draft', 'words of Gus')
    if (moment === 'sent') await write(going, draft, 'submitted', 'words of Gus')
    for (const [index, person] of staying.slice(0, answering).entries())
      await write(person, draft, 'submitted', `words ${index}`)
    if (moment !== 'before it opens') await go()
    await close(circle)

    const [round] = await ada.api.listGroupRounds({ params: { slug } })
    expect(round?.status).toBe(answering === THRESHOLD ? 'released' : 'too-few')
    const report = round?.reportId
      ? await ben.api.readReport({ params: { reportId: round.reportId } })
      : undefined
    expect(report?.answered).toBe(answering === THRESHOLD ? THRESHOLD : undefined)
    expect(JSON.stringify(report ?? '')).not.toContain('words of Gus')
    expect((await circle.house.db.execute(sql`select * from feedback_sheets`)).rows).toEqual([])
  },
)

it('F2: a report stays as it was released, to the letter, whoever of those who answered leaves or is deleted', async () => {
  const circle = await openCircle()
  const { ada, ben, cleo, slug } = circle
  const everybody = [ada, ben, cleo, await circle.join('Dora'), await circle.join('Gus')]
  const draft = askDraft(circle, {
    kind: 'about-group',
    group: slug,
    asksSelf: false,
    threshold: THRESHOLD,
  })
  await openAsked(ada, draft)
  for (const [index, person] of everybody.entries()) await write(person, draft, 'submitted', `words ${index}`)
  await close(circle)
  const [round] = await ada.api.listGroupRounds({ params: { slug } })
  const read = () => ada.api.readReport({ params: { reportId: round?.reportId ?? '' } })
  const released = await read()
  expect(released.answered).toBe(5)
  await everybody[3]?.api.leaveGroup({ params: { slug }, body: {} })
  await everybody[4]?.api.deleteAccount({ body: { email: everybody[4].email } })
  await circle.runJob('feedback-rounds')
  expect(await read()).toEqual(released)
})

it('F2: an answer that is sent while the round closes is either in the report, or refused in a sentence', async () => {
  const house = await openHouse()
  const ada = await house.person('Ada')
  const outcomes = new Set<boolean>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const draft = askDraft(house, {
      title: `Round ${round}.`,
      naming: 'attributed',
      asksSelf: false,
      closesAt: new Date(house.house.now().getTime() + 20 * 60_000).toISOString(),
      reviewers: outsiders(2, `-${round}`),
    })
    await openAsked(ada, draft)
    const [first, second] = await Promise.all(draft.reviewers.map(({ email }) => keyOf(house, email ?? '')))
    const send = (key: string | undefined, words: string) =>
      house.stranger().api.saveSheet({
        params: { key: key ?? '' },
        body: { state: 'submitted', about: saying(draft, ada.id, words), reason: '', receipt: receipt() },
      })
    await send(first, 'in time')
    const sent = send(second, 'at the last moment').then(
      () => true,
      (refusal: unknown) => {
        expect(String(refusal)).toContain('Your words are still here')
        return false
      },
    )
    // Some of them have the round's lock by now, others not yet.
    await (round === ROUNDS - 1 ? sent : setTimeout(round * 3))
    house.pass({ minutes: 21 })
    const [taken] = await Promise.all([sent, house.runJob('feedback-rounds')])
    const { reports } = await ada.api.listMyFeedback()
    const id = reports.find(({ title }) => title === draft.title)?.id ?? ''
    const report = await ada.api.readReport({ params: { reportId: id } })
    expect(report.answered, `${round}`).toBe(taken ? 2 : 1)
    expect(JSON.stringify(report).includes('at the last moment')).toBe(taken)
    outcomes.add(taken)
  }
  expect(outcomes.size).toBe(2)
})

it('F1: of two rounds without names about the same, opened in the same moment, one opens', async () => {
  const circle = await openCircle()
  const { ada, slug } = circle
  for (const about of [
    () => ({ reviewers: outsiders(6) }),
    () => ({ kind: 'about-group' as const, group: slug, asksSelf: false }),
  ]) {
    for (const name of ['Dora', 'Gus', 'Hal']) await circle.join(`${name} ${randomUUID().slice(0, 4)}`)
    const drafts = [0, 1].map(() => askDraft(circle, { threshold: THRESHOLD, ...about() }))
    for (const body of drafts) await ada.api.saveRound({ body })
    const opened = await Promise.allSettled(
      drafts.map(({ id }) => ada.api.openRound({ params: { roundId: id } })),
    )
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [refused] = opened.filter((one) => one.status === 'rejected')
    expect(String(refused?.reason)).toContain('Laid over each other')
  }
})

it('F5: an answer leaves no trace but in the closed sheets: no job, mail, line of the log or time', async () => {
  const lines: string[] = []
  const house = await openCircle({}, {}, { write: (line) => void lines.push(line) })
  const { ada, ben, slug } = house
  const email = 'rita@example.net'
  const draft = askDraft(house, {
    asksSelf: false,
    group: slug,
    reviewers: [
      ...outsiders(4),
      { id: randomUUID(), name: 'Rita', relation: 'rabbi', accountId: null, email },
      { id: randomUUID(), name: 'Ben', relation: 'colleague', accountId: ben.id, email: null },
    ],
  })
  await openAsked(ada, draft)
  const { requests } = await ben.api.listMyFeedback()
  const mailed = await keyOf(house, email)
  const writers: [TestPerson['api'], string][] = [
    [house.stranger().api, mailed],
    [ben.api, requests[0]?.key ?? ''],
  ]
  for (const [api, key] of writers) {
    const save = (state: SheetState, words: string) =>
      api.saveSheet({
        params: { key },
        body: { state, about: saying(draft, ada.id, words), reason: '', receipt: receipt() },
      })
    await save('draft', 'a first try')
    const before = await everyOtherTable(house)
    lines.splice(0)
    for (const state of ['draft', 'submitted', 'declined', 'empty', 'submitted'] as const)
      await save(state, 'a secret')
    expect(await everyOtherTable(house)).toEqual(before)
    expect(lines.join('')).not.toContain('a secret')
    expect(lines.join('')).not.toContain(key)
  }
})

/** Every row of every table but the sheets, with where and by which transaction it was written; not the clock of the jobs. */
async function everyOtherTable({ house }: TestHouse): Promise<Record<string, unknown[]>> {
  const { rows } = await house.db.execute<{ name: string }>(
    sql`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'pgboss') and tablename not in ('feedback_sheets', 'version', 'schedule')
      and schemaname || tablename not like 'pgboss%queue%' order by 1`,
  )
  return Object.fromEntries(
    await Promise.all(
      rows.map(async ({ name }) => {
        const found = await house.db.execute(
          sql.raw(`select ctid::text, xmin::text, to_json(t)::text as row from ${name} t order by 1`),
        )
        return [name, found.rows] as const
      }),
    ),
  )
}
