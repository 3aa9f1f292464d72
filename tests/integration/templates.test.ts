import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { groups, memberships, templates } from '#db/schema.ts'
import { checkTemplate } from '#server/guide/check-file.ts'
import { findTemplate } from '#server/guide/read-guide.ts'
import type { BlockDraft, Session } from '#shared/sessions.ts'
import type { GroupTemplate, ImportFrom, TemplateBody } from '#shared/templates.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'
import { openPublisher, PUBLISHERS } from '#tests/publisher.ts'

const WORDS = {
  title: 'Asking for a raise',
  purpose: 'You leave with a first sentence.',
  forWhom: 'Anybody who is paid.',
}
const block = (title: string, more: Partial<BlockDraft> = {}): BlockDraft => ({
  ...{
    id: randomUUID(),
    kind: 'discuss',
    title,
    minutes: 10,
    prompt: `What of ${title}?`,
    notes: `Notes of ${title}`,
  },
  options: {},
  ...more,
})
const PLAN = () => [
  block('Arriving', { kind: 'check-in' }),
  block('The cards', {
    kind: 'practice',
    options: {
      groupsOf: 2,
      roles: ['Kim', 'Robin'],
      cards: [{ role: 'Kim', words: 'Kim may go to 53,000.' }],
    },
  }),
  block('Closing', { kind: 'close', minutes: 5 }),
]

/** A session of the circle with this plan. */
async function plan(circle: Circle, blocks = PLAN(), more: object = {}): Promise<Session> {
  const id = randomUUID()
  const { planVersion } = await circle.ada.api.scheduleSession({
    params: { slug: circle.slug },
    body: { id, title: 'Tuesday', minutes: 60, startsLocal: '2026-11-24T18:00', ...more },
  })
  return circle.ada.api.replacePlan({ params: { sessionId: id }, body: { blocks, basedOn: planVersion } })
}

async function save(
  circle: Circle,
  session?: Session,
  basedOn: number | null = null,
  templateId: string = randomUUID(),
) {
  const { id } = session ?? (await plan(circle))
  return circle.ada.api.saveAsTemplate({
    params: { sessionId: id },
    body: { templateId, basedOn, ...WORDS },
  })
}

const of = ({ slug }: Circle, { id }: Pick<GroupTemplate, 'id'>) => ({ slug, templateId: id })
const no = (answer: Promise<unknown>) =>
  answer.then(
    () => 'it said yes',
    (problem: Error) => problem.message,
  )
const titles = ({ body }: { body: TemplateBody }) => body.blocks.map(({ title }) => title)
const change = (circle: Circle, template: GroupTemplate, part: Partial<TemplateBody>) =>
  circle.ada.api.changeGroupTemplate({
    params: of(circle, template),
    body: { basedOn: template.version, body: { ...template.body, ...part } },
  })
const withBlock = ({ body }: GroupTemplate, at: number, part: Partial<TemplateBody['blocks'][number]>) => ({
  blocks: body.blocks.map((one, index) => (index === at ? { ...one, ...part } : one)),
})
const SHARE = { withNotes: false, withCards: false, withGroupName: false, author: '', licence: '' }
const share = (circle: Circle, template: GroupTemplate, more: Partial<typeof SHARE> = {}) =>
  circle.ada.api.shareTemplate({
    params: of(circle, template),
    body: { number: template.version, ...SHARE, ...more },
  })
const tokenOf = (url: string) => ({ params: { token: url.split('/').at(-1) ?? '' } })

/** Looked at, then saved. */
async function bring(circle: Circle, from: ImportFrom, by: TestPerson = circle.ada): Promise<GroupTemplate> {
  const params = { slug: circle.slug }
  const { mark } = await by.api.previewImport({ params, body: from })
  return by.api.importTemplate({ params, body: { id: randomUUID(), mark, from } })
}

let circle: Circle
beforeEach(async () => {
  circle = await openCircle()
})

describe('a template of the group', () => {
  it('K1: keeps every version, with who saved it and when; saving the same again is no new one', async () => {
    const { ada, pass } = circle
    const session = await plan(circle)
    const first = await save(circle, session)
    expect(titles(first)).toEqual(['Arriving', 'The cards', 'Closing'])
    expect(first).toMatchObject({ number: 1, version: 1, minutes: 25, runs: true, source: null })

    pass({ hours: 1 })
    const again = await save(circle, session, 1, first.id)
    expect(again.version).toBe(1)
    const second = await change(circle, again, withBlock(again, 0, { minutes: 12 }))
    expect(second.versions.map(({ number, savedBy }) => [number, savedBy])).toEqual([
      [2, 'Ada'],
      [1, 'Ada'],
    ])
    expect((await change(circle, again, withBlock(again, 0, { minutes: 12 }))).version).toBe(2)
    const old = await ada.api.getGroupTemplate({ params: of(circle, first), query: { version: 1 } })
    expect(old).toMatchObject({ number: 1, version: 2, minutes: 25 })
    expect(await no(change(circle, again, { title: 'Mine' }))).toMatch(/saved version 2 meanwhile/)
    expect(await no(ada.api.getGroupTemplate({ params: of(circle, first), query: { version: 9 } }))).toMatch(
      /no such version/,
    )
  })

  it('K1: is saved from a session that is scheduled, live or wrapped up; a retry makes one', async () => {
    const { ada } = circle
    const session = await plan(circle)
    const params = { sessionId: session.id }
    const id = randomUUID()
    await save(circle, session, null, id)
    expect((await save(circle, session, null, id)).version).toBe(1)
    await ada.api.openRoom({ params })
    await ada.api.nextBlock({ params, body: { id: randomUUID(), from: null } })
    await save(circle, session)
    await ada.api.closeSession({ params })
    await save(circle, session)
    expect(await ada.api.listGroupTemplates({ params: { slug: circle.slug } })).toHaveLength(3)
    expect(await ada.api.getSession({ params })).toMatchObject({ groupTemplateId: id, templateVersion: 1 })
    const empty = await plan(circle, [])
    expect(await no(save(circle, empty))).toMatch(/no plan yet/)
  })

  it('K2: leaves behind what members asked in threads', async () => {
    const { ada, ben, slug } = circle
    const session = await plan(circle)
    const [threadId, postId] = [randomUUID(), randomUUID()]
    await ben.api.startGroupThread({
      params: { slug },
      body: {
        threadId,
        postId,
        title: 'Hm',
        body: 'Why is Ben never heard?',
        question: true,
        answerFirst: false,
      },
    })
    await ada.api.planQuestion({
      params: { slug, threadId },
      body: { sessionId: session.id, blockId: randomUUID() },
    })
    const template = await save(circle, session)
    expect(titles(template)).toContain('An open question')
    expect(JSON.stringify(template)).not.toMatch(new RegExp(`never heard|${threadId}`))
  })

  it('K3: is read by members without notes and role cards, by strangers not at all', async () => {
    const { ada, ben, zoe, stranger } = circle
    const template = await save(circle)
    const params = of(circle, template)
    const seen = await ben.api.getGroupTemplate({ params, query: {} })
    expect(seen.runs).toBe(false)
    expect(JSON.stringify(seen)).toContain('What of Arriving?')
    expect(JSON.stringify(seen)).not.toMatch(/Notes of|53,000/)
    expect(JSON.stringify(await ada.api.getGroupTemplate({ params, query: {} }))).toMatch(/Notes of.*53,000/)
    expect(await ben.api.listGroupTemplates({ params: { slug: circle.slug } })).toHaveLength(1)

    const body = { basedOn: 1, body: seen.body }
    for (const refused of [
      () => ben.api.changeGroupTemplate({ params, body }),
      () => ben.api.archiveGroupTemplate({ params, body: { archived: true } }),
      () => ben.api.writeTemplateFile({ params }),
      () => ben.api.shareTemplate({ params, body: { number: 1, ...SHARE } }),
      () => ben.api.readUpstream({ params }),
      () => ben.api.readBlockTimes({ params, query: { groupTemplateId: template.id } }),
    ])
      expect(await no(refused())).toMatch(/role in this group/)
    expect(await no(zoe.api.getGroupTemplate({ params, query: {} }))).toMatch(/nothing here/)
    expect(await no(stranger().api.getGroupTemplate({ params, query: {} }))).toMatch(/sign in/)
    const other = await openCircle()
    expect(
      await no(other.ada.api.getGroupTemplate({ params: { ...params, slug: other.slug }, query: {} })),
    ).toMatch(/nothing here/)
  })

  it('K4: makes sessions and series, which remember it; archived, it is offered no more and breaks nothing', async () => {
    const { ada, slug } = circle
    const template = await save(circle)
    const make = (more: object = {}) =>
      ada.api.scheduleSession({
        params: { slug },
        body: { id: randomUUID(), groupTemplateId: template.id, startsLocal: '2026-12-01T18:00', ...more },
      })
    const session = await make()
    expect(session).toMatchObject({ title: WORDS.title, groupTemplateId: template.id, templateVersion: 1 })
    expect(session.blocks.map(({ minutes }) => minutes)).toEqual([10, 10, 5])
    const series = await ada.api.createSeries({
      params: { slug },
      body: {
        ...{ id: randomUUID(), groupTemplateId: template.id, startsLocal: '2026-12-02T18:00' },
        ...{ rule: 'FREQ=WEEKLY;COUNT=2', exceptions: [] },
      },
    })
    expect(series).toMatchObject({ title: WORDS.title, minutes: 25, groupTemplateId: template.id })

    const changed = await change(circle, template, withBlock(template, 0, { minutes: 20 }))
    expect((await make()).templateVersion).toBe(2)
    expect((await ada.api.getSession({ params: { sessionId: session.id } })).blocks[0]?.minutes).toBe(10)
    await ada.api.archiveGroupTemplate({ params: of(circle, changed), body: { archived: true } })
    expect(await no(make())).toMatch(/not offered in this group any more/)
    expect((await ada.api.getSession({ params: { sessionId: session.id } })).blocks).toHaveLength(3)
    const back = await ada.api.archiveGroupTemplate({
      params: of(circle, changed),
      body: { archived: false },
    })
    expect(back.archivedAt).toBeNull()
    expect(await no(make({ templateId: 'kickoff' }))).toMatch(
      /either a template of the guide or one of yours/,
    )
    expect(await no(make({ groupTemplateId: randomUUID() }))).toMatch(/not offered/)
  })

  it('K1: says what is wrong with it, and changes nothing then', async () => {
    const template = await save(circle)
    const wrong = (part: Partial<TemplateBody>) => no(change(circle, template, part))
    expect(await wrong(withBlock(template, 0, { minutes: 240 }))).toBe('it said yes')
    const now = await circle.ada.api.getGroupTemplate({ params: of(circle, template), query: {} })
    const wrongNow = (part: Partial<TemplateBody>) => no(change(circle, now, part))
    expect(await wrongNow({ blocks: now.body.blocks.map((one) => ({ ...one, minutes: 240 })) })).toMatch(
      /8 hours/,
    )
    expect(await wrongNow({ blocks: [] })).toMatch(/at least 1/)
    expect(await wrongNow({ groupSize: { least: 5, best: 3, most: 9 } })).toMatch(/best group size/)
    expect(await wrongNow({ title: '  ' })).toMatch(/not something we can use/)
    expect(await wrongNow({ after: ['a\u0000b'] })).toMatch(/can’t be kept/)
    const huge = now.body.blocks[0]
    if (!huge) throw new Error('no block')
    const many = Array.from({ length: 30 }, () => ({
      ...huge,
      minutes: 1,
      prompt: 'x'.repeat(2000),
      notes: 'y'.repeat(4000),
      options: { cards: [{ role: 'a', words: 'z'.repeat(2000) }] },
    }))
    expect(await wrongNow({ blocks: many })).toMatch(/Shorten some notes/)
    expect((await circle.ada.api.getGroupTemplate({ params: of(circle, template), query: {} })).version).toBe(
      2,
    )
  })
})

describe('how long blocks took', () => {
  /** Held as planned, with these minutes for its blocks. */
  async function hold(session: Session, minutes: number[]) {
    const params = { sessionId: session.id }
    const { ada, pass } = circle
    await ada.api.openRoom({ params })
    let from: string | null = null
    for (const [index, took] of minutes.entries()) {
      await ada.api.nextBlock({ params, body: { id: randomUUID(), from } })
      from = session.blocks[index]?.id ?? null
      pass({ minutes: took })
    }
    await ada.api.closeSession({ params })
  }

  it('K5: is told block by block, as the middle of the last five sessions, and new plans can begin from it', async () => {
    const { ada, slug, pass } = circle
    const session = await plan(circle)
    await hold(session, [14, 8, 5])
    const template = await save(circle, session)
    const query = { groupTemplateId: template.id }
    const times = () => ada.api.readBlockTimes({ params: { slug }, query })
    expect((await times()).map(({ took, sessions }) => [took, sessions])).toEqual([
      [14, 1],
      [8, 1],
      [5, 1],
    ])
    for (const first of [9, 30, 12, 16, 16]) {
      pass({ days: 7 })
      const next = await ada.api.scheduleSession({
        params: { slug },
        body: {
          ...{ id: randomUUID(), groupTemplateId: template.id, minutes: 60 },
          startsAt: new Date(circle.house.now().getTime() + 3_600_000).toISOString(),
        },
      })
      await hold(next, [first, 10])
    }
    expect((await times()).map(({ took, sessions }) => [took, sessions])).toEqual([
      [16, 5],
      [10, 5],
      [5, 1],
    ])
    const blockMinutes = (await times()).flatMap(({ key, took }) =>
      took === null ? [] : [{ key, minutes: took }],
    )
    const begin = (minutes?: number) =>
      ada.api.scheduleSession({
        params: { slug },
        body: {
          ...{ id: randomUUID(), groupTemplateId: template.id, blockMinutes },
          ...{ startsLocal: '2027-03-01T18:00', ...(minutes ? { minutes } : {}) },
        },
      })
    expect((await begin()).blocks.map(({ minutes }) => minutes)).toEqual([16, 10, 5])
    const short = await begin(20)
    expect(short.blocks.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(20)
  })

  it('K5: is told of templates of the guide too, to whoever facilitates', async () => {
    const { ada, ben, slug } = circle
    const session = await ada.api.scheduleSession({
      params: { slug },
      body: { id: randomUUID(), templateId: 'kickoff', startsLocal: '2026-11-24T18:00' },
    })
    await hold(session, [7])
    const [first, second] = await ada.api.readBlockTimes({
      params: { slug },
      query: { templateId: 'kickoff' },
    })
    expect(first).toMatchObject({ took: 7, sessions: 1, title: findTemplate('kickoff')?.blocks[0]?.title })
    expect(second).toMatchObject({ took: null, sessions: 0 })
    expect(await no(ben.api.readBlockTimes({ params: { slug }, query: { templateId: 'kickoff' } }))).toMatch(
      /role/,
    )
    expect(await no(ada.api.readBlockTimes({ params: { slug }, query: { templateId: 'nope' } }))).toMatch(
      /no such template/,
    )
  })
})

describe('shared', () => {
  it('K6: a link shows one version to everybody, without notes, cards and the group unless that was chosen', async () => {
    const { stranger } = circle
    const template = await save(circle)
    const link = await share(circle, template)
    const shared = await stranger().api.readSharedTemplate(tokenOf(link.url))
    expect(JSON.stringify(shared)).toContain('What of Arriving?')
    expect(JSON.stringify(shared)).not.toMatch(/Notes of|53,000|Tuesday circle|Ada|circle-/)

    const second = await change(circle, template, withBlock(template, 0, { prompt: 'Only for us' }))
    expect(JSON.stringify(await stranger().api.readSharedTemplate(tokenOf(link.url)))).not.toContain(
      'Only for us',
    )
    const more = {
      withNotes: true,
      withCards: true,
      withGroupName: true,
      author: 'Ada L.',
      licence: 'CC BY 4.0',
    }
    expect((await share(circle, second, more)).url).toBe(link.url)
    const all = await stranger().api.readSharedTemplate(tokenOf(link.url))
    expect(all).toMatchObject({ number: 2, group: 'Tuesday circle', author: 'Ada L.', licence: 'CC BY 4.0' })
    expect(JSON.stringify(all)).toMatch(/Only for us.*Notes of.*53,000/)
    const answer = await stranger().request({
      method: 'GET',
      url: `/api/shared-templates/${tokenOf(link.url).params.token}`,
    })
    expect(answer.headers['x-robots-tag']).toBe('noindex')
    const again = await stranger().request({
      method: 'GET',
      url: `/api/shared-templates/${tokenOf(link.url).params.token}`,
      headers: { 'if-none-match': String(answer.headers.etag) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('K6: a link that was taken back opens nothing, nor does one that was made up; the next is another', async () => {
    const { ada, stranger, house, groupId } = circle
    const template = await save(circle)
    const { url } = await share(circle, template)
    await ada.api.revokeTemplateLink({ params: of(circle, template) })
    const gone = await no(stranger().api.readSharedTemplate(tokenOf(url)))
    expect(gone).toMatch(/no template under this link/)
    expect(await no(stranger().api.readSharedTemplate({ params: { token: 'x'.repeat(46) } }))).toBe(gone)
    expect(await no(stranger().api.writeSharedFile(tokenOf(url)))).toBe(gone)
    const next = await share(circle, template)
    expect(next.url).not.toBe(url)
    await house.db.update(groups).set({ suspendedAt: house.now() }).where(eq(groups.id, groupId))
    expect(await no(stranger().api.readSharedTemplate(tokenOf(next.url)))).toBe(gone)
  })

  it('K7: a file passes the check of the guide, and says the same when it comes back', async () => {
    const { ada, stranger, slug } = circle
    const template = await save(
      circle,
      await plan(circle, [...PLAN(), block('Bare', { prompt: '', notes: '' })]),
    )
    const text = await ada.api.writeTemplateFile({ params: of(circle, template) })
    expect(checkTemplate(text, 'asking-for-a-raise.yaml').problems).toEqual([])
    const body: ImportFrom = { kind: 'file', address: 'raise.yaml', text }
    const preview = await ada.api.previewImport({ params: { slug }, body })
    expect(preview.problems).toEqual([])
    expect(preview.body).toEqual(template.body)
    expect(await bring(circle, body)).toMatchObject({ source: { kind: 'file', address: null }, newer: false })
    const json = JSON.stringify(
      {
        ...template.body,
        id: 'raise',
        minutes: 35,
        blocks: template.body.blocks.slice(0, 3).map((one) => ({ ...one, minutes: 10 })),
      },
      null,
      1,
    ).replace('"minutes": 35', '"minutes": 30')
    expect(
      (await ada.api.previewImport({ params: { slug }, body: { ...body, text: json } })).problems,
    ).toEqual([])

    const { url } = await share(circle, template, { author: 'Ada', licence: 'CC BY 4.0' })
    const shared = await stranger().api.writeSharedFile(tokenOf(url))
    expect(checkTemplate(shared).problems).toEqual([])
    expect(shared).toContain('by Ada, CC BY 4.0')
    expect(shared).not.toMatch(/Notes of|53,000/)
  })
})

describe('imported', () => {
  const GOOD = `id: raise
title: Asking for a raise
purpose: You leave with a first sentence.
forWhom: Anybody who is paid.
skills: [negotiation]
minutes: 30
groupSize: { least: 4, best: 6, most: 8 }
preparation: { facilitator: [], everybody: [] }
blocks:
  - kind: write
    title: My number
    minutes: 20
    prompt: Write a number down.
    notes: Wait.
  - kind: close
    title: Close
    minutes: 10
    prompt: One word each.
    notes: Begin yourself.
after: []
sources: []
`
  const read = async (text: string) => {
    const from: ImportFrom = { kind: 'file', address: 'a.yaml', text }
    const { body, problems } = await circle.ada.api.previewImport({
      params: { slug: circle.slug },
      body: from,
    })
    return { body, line: problems[0]?.line, message: problems[0]?.message ?? '' }
  }

  it.each([
    ['an unknown kind', GOOD.replace('kind: write', 'kind: wrote'), 10, 'Did you mean “write”?'],
    ['HTML', GOOD.replace('Wait.', '<img src=x onerror=alert(1)>'), 14, 'There is HTML in these words'],
    ['a script', GOOD.replace('Write a number down.', '"<script>steal()</script>"'), 13, 'There is HTML'],
    ['a character that is none', GOOD.replace('Wait.', 'Wa\u0000it.'), 14, 'can’t be kept'],
    ['the same, written out', GOOD.replace('Wait.', '"Wa\\0it."'), 14, 'can’t be shown'],
    [
      'a billion laughs',
      `a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n`,
      2,
      'Write the words out',
    ],
    ['lists in lists', `a: ${'['.repeat(4000)}`, 1, 'nested more than 24 levels'],
    ['lists in lists on a line', '- '.repeat(50_000), 1, 'nested more than 24 levels'],
    [
      'fields in fields',
      Array.from({ length: 80 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      25,
      'nested',
    ],
    [
      'far too many fields',
      Array.from({ length: 9000 }, (_, at) => `k${at}: 1`).join('\n'),
      1,
      'far more fields',
    ],
    ['a field that nobody knows', `${GOOD}__proto__: { polluted: true }\n`, 22, '__proto__'],
    ['nothing', '', 1, 'empty'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 3, 'no text file'],
    ['a tag of a program', GOOD.replace('Wait.', '!!js/function "x"'), undefined, ''],
  ])('K8: hears of %s the line and what to do', async (_what, text, line, message) => {
    const found = await read(text)
    expect(found.message).toContain(message)
    expect(found.line).toBe(line)
    expect(found.body === null).toBe(message !== '')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(await circle.ada.api.listGroupTemplates({ params: { slug: circle.slug } })).toEqual([])
  })

  it('K8: refuses what is too large before reading it, and saves nothing but what was looked at', async () => {
    const { ada, ben, slug } = circle
    const params = { slug }
    const from: ImportFrom = { kind: 'file', address: 'a.yaml', text: GOOD }
    expect(await no(ada.api.previewImport({ params, body: { ...from, text: 'x'.repeat(300_000) } }))).toMatch(
      /262,144/,
    )
    const { mark } = await ada.api.previewImport({ params, body: from })
    const other = { ...from, text: GOOD.replace('Wait.', 'Do not wait.') }
    const keep = (given: ImportFrom, id = randomUUID()) =>
      ada.api.importTemplate({ params, body: { id, mark, from: given } })
    expect(await no(keep(other))).toMatch(/changed since you looked/)
    expect(await no(keep({ ...from, text: 'a: 1' }))).toMatch(/is missing/)
    const id = randomUUID()
    await keep(from, id)
    await keep(from, id)
    expect(await ada.api.listGroupTemplates({ params })).toHaveLength(1)
    expect(await no(ben.api.previewImport({ params, body: from }))).toMatch(/role/)
  })

  it('K9: nothing is added to a group that has ended; it is read, taken along and taken back', async () => {
    const { ada, house, groupId, slug, stranger } = circle
    const session = await plan(circle)
    const template = await save(circle, session)
    const { url } = await share(circle, template)
    await house.db.update(groups).set({ archivedAt: house.now() }).where(eq(groups.id, groupId))
    const ended = /This group has ended/
    expect(await no(change(circle, template, { title: 'New' }))).toMatch(ended)
    expect(await no(save(circle, session))).toMatch(ended)
    expect(await no(share(circle, template))).toMatch(ended)
    expect(await no(bring(circle, { kind: 'guide', address: 'kickoff' }))).toMatch(ended)
    expect(
      await no(ada.api.archiveGroupTemplate({ params: of(circle, template), body: { archived: true } })),
    ).toMatch(ended)
    expect(await ada.api.listGroupTemplates({ params: { slug } })).toHaveLength(1)
    expect(await ada.api.writeTemplateFile({ params: of(circle, template) })).toContain('Arriving')
    await stranger().api.readSharedTemplate(tokenOf(url))
    await ada.api.revokeTemplateLink({ params: of(circle, template) })
    expect(await no(stranger().api.readSharedTemplate(tokenOf(url)))).toMatch(/no template/)
  })
})

describe('a fork', () => {
  it('K10: keeps its source, and shows block by block what changed there since', async () => {
    const { ada } = circle
    const original = await save(circle)
    const { url } = await share(circle, original, { withNotes: true, author: 'Ada L.', licence: 'CC BY 4.0' })
    const fork = await bring(circle, { kind: 'link', address: `${url}?utm=x#top` })
    expect(fork.source).toMatchObject({
      ...{
        kind: 'link',
        title: WORDS.title,
        address: url,
        version: '1',
        author: 'Ada L.',
        licence: 'CC BY 4.0',
      },
    })
    const params = of(circle, fork)
    expect((await ada.api.readUpstream({ params })).changes).toEqual([])

    const mine = await change(circle, fork, withBlock(fork, 1, { prompt: 'Ours' }))
    const second = await change(circle, original, {
      blocks: original.body.blocks.map((one, at) => ({
        ...one,
        ...(at === 0 ? { minutes: 15 } : at === 1 ? { prompt: 'Theirs' } : {}),
      })),
      purpose: 'You leave with two sentences.',
    })
    expect((await ada.api.readUpstream({ params })).changes).toEqual([])
    await share(circle, second, { withNotes: true })
    const upstream = await ada.api.readUpstream({ params })
    expect(upstream.changes.map(({ id, state }) => [id, state])).toEqual([
      ['words:purpose', 'theirs'],
      ['block:arriving', 'theirs'],
      ['block:the-cards', 'both'],
    ])
    expect(upstream.changes[2]?.parts).toContainEqual({
      ...{ label: 'Prompt', base: 'What of The cards?', theirs: 'Theirs', ours: 'Ours' },
    })
    expect((await ada.api.getGroupTemplate({ params, query: {} })).newer).toBe(true)

    // One is taken, the others wait; then what both changed is left as it is here.
    const settle = (take: string[], leave: string[], basedOn: number) =>
      ada.api.settleUpstream({
        params,
        body: { version: upstream.version ?? '', basedOn, take, leave },
      })
    const left = await settle(['block:arriving'], [], mine.version)
    expect(left.changes.map(({ id }) => id)).toEqual(['words:purpose', 'block:the-cards'])
    expect(await no(settle(['words:purpose'], [], mine.version))).toMatch(/changed since you looked/)
    const done = await settle(['words:purpose'], ['block:the-cards'], left.basedOn)
    expect(done.changes).toEqual([])
    // A retry decides nothing again.
    expect((await settle(['words:purpose'], ['block:the-cards'], left.basedOn)).basedOn).toBe(done.basedOn)
    const now = await ada.api.getGroupTemplate({ params, query: {} })
    expect(now.body).toMatchObject({ purpose: 'You leave with two sentences.' })
    expect(now.body.blocks.map(({ minutes, prompt }) => [minutes, prompt]).slice(0, 2)).toEqual([
      [15, 'What of Arriving?'],
      [10, 'Ours'],
    ])
    expect(now).toMatchObject({ newer: false, source: { version: '2' }, version: 4 })
  })

  it('K10: of the guide shows what an upgrade changed in its file', async () => {
    const { ada, house } = circle
    const fork = await bring(circle, { kind: 'guide', address: 'the-rectangle' })
    expect(fork.source?.address).toMatch(/\/guide\/templates\/the-rectangle$/)
    const params = of(circle, fork)
    expect((await ada.api.readUpstream({ params })).changes).toEqual([])
    // As if it had been taken from an older file.
    const older = { ...fork.body, purpose: 'An older purpose.' }
    await house.db.update(templates).set({ base: older }).where(eq(templates.id, fork.id))
    await change(circle, fork, { purpose: 'An older purpose.' })
    expect((await ada.api.readUpstream({ params })).changes.map(({ id }) => id)).toEqual(['words:purpose'])
    const [listed] = await ada.api.listGroupTemplates({ params: { slug: circle.slug } })
    expect(listed).toMatchObject({ newer: true, source: { kind: 'guide', title: 'The rectangle' } })
    await house.db.update(templates).set({ sourceAddress: 'gone' }).where(eq(templates.id, fork.id))
    expect((await ada.api.readUpstream({ params })).problem).toMatch(/not in the organizer guide any more/)
    const home = await save(circle)
    expect(await no(ada.api.readUpstream({ params: of(circle, home) }))).toMatch(/nothing upstream/)
  })

  it('K14: of another instance is asked politely, once a day, and says why when it can’t be', async () => {
    const publisher = await openPublisher()
    circle = await openCircle({}, { feedNetworks: PUBLISHERS })
    const { ada, pass, runJob, slug } = circle
    const original = await save(circle)
    const { url } = await share(circle, original, { withNotes: true, author: 'Ada L.' })
    const { token } = tokenOf(url).params
    const shared = await circle.stranger().api.readSharedTemplate(tokenOf(url))
    const path = `/api/shared-templates/${token}`
    const give = (tag: string, more: object = {}) =>
      publisher.giveTagged(path, tag, JSON.stringify({ ...shared, ...more }))
    give('"one"', { unknown: 'of a newer version' })
    const fork = await bring(circle, { kind: 'link', address: `${publisher.home}/templates/${token}` })
    expect(fork.source).toMatchObject({ version: '1', author: 'Ada L.' })
    const params = of(circle, fork)
    const asked = () => publisher.asked.filter((one) => one.path === path)
    expect(asked()[0]?.headers['user-agent']).toBe('Shortside (session template)')

    const before = asked().length
    await ada.api.lookUpstream({ params })
    await runJob('look-at-template-sources')
    expect(asked()).toHaveLength(before)
    pass({ hours: 25 })
    await runJob('look-at-template-sources')
    expect(asked().at(-1)?.headers['if-none-match']).toBe('"one"')
    give('"two"', { number: 2, template: { ...shared.template, purpose: 'Changed there.' } })
    pass({ minutes: 11 })
    const upstream = await ada.api.lookUpstream({ params })
    expect(upstream.changes.map(({ id }) => id)).toEqual(['words:purpose'])
    expect((await ada.api.listGroupTemplates({ params: { slug } })).some(({ newer }) => newer)).toBe(true)

    publisher.give(path, { status: 410 })
    pass({ hours: 25 })
    await runJob('look-at-template-sources')
    const gone = await ada.api.readUpstream({ params })
    expect(gone.problem).toMatch(/gone for good/)
    expect(gone.changes).toHaveLength(1)
    const count = asked().length
    pass({ hours: 25 })
    await runJob('look-at-template-sources')
    pass({ hours: 25 })
    await runJob('look-at-template-sources')
    expect(asked()).toHaveLength(count + 1)

    const other = (address: string) =>
      no(ada.api.previewImport({ params: { slug }, body: { kind: 'link', address } }))
    publisher.give(path, '<html>no</html>')
    expect(await other(`${publisher.home}/templates/${token}`)).toMatch(/It is no template/)
    const evil = { ...shared, template: { ...shared.template, purpose: '<script>x</script>' } }
    publisher.give(path, JSON.stringify(evil))
    expect(await other(`${publisher.home}/templates/${token}`)).toMatch(/There is HTML/)
    expect(await other('https://example.org/elsewhere')).toMatch(/no link to a shared template/)
    expect(await other(`http://10.0.0.1/templates/${token}`)).toMatch(/not on the public internet/)
    expect(await other(`file:///templates/${token}`)).toMatch(/not an address|Only addresses|https/)
  })

  it('K11: of another group is for whoever runs both, and tells the others nothing of it', async () => {
    const { ada, ben, slug, house } = circle
    const original = await save(circle)
    const groupId = randomUUID()
    const second = `second-${groupId.slice(0, 8)}`
    await house.db.insert(groups).values({
      ...{ id: groupId, slug: second, name: 'Second circle', kind: 'internal', visibility: 'private' },
      ...{ admission: 'invite-only', rhythm: 'weekly', zone: 'Europe/Berlin', places: 8 },
    })
    const eve = await house.db.transaction(async () => circle.person('Eve'))
    for (const one of [ada, ben, eve])
      await house.db
        .insert(memberships)
        .values({ groupId, accountId: one.id, role: 'facilitator', status: 'active' })
    const from: ImportFrom = { kind: 'group', address: original.id, slug }
    const inSecond = { ...circle, slug: second }
    expect(await no(bring(inSecond, from, ben))).toMatch(/You run no group with such a template/)
    expect(await no(bring(inSecond, from, eve))).toMatch(/You run no group with such a template/)
    const fork = await bring(inSecond, from)
    expect(JSON.stringify(fork.source)).not.toMatch(/Tuesday|circle/)
    expect(JSON.stringify(fork.source)).not.toContain(original.id)
    await change(circle, original, withBlock(original, 0, { prompt: 'A private line' }))
    const params = of(inSecond, fork)
    expect(JSON.stringify(await ada.api.readUpstream({ params }))).toContain('A private line')
    const seen = await eve.api.readUpstream({ params })
    expect(seen.problem).toMatch(/Whoever runs both groups/)
    expect(JSON.stringify(seen)).not.toContain('A private line')
  })
})
