import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { CHECKOUT } from '#server/config.ts'
import { checkProgramme, checkTemplate } from '#server/guide/check-file.ts'
import { GUIDE_FOLDER, readGuide, readGuideFolder } from '#server/guide/read-guide.ts'
import { minutesOf } from '#shared/guide.ts'
import { openHouse } from '#tests/house.ts'

/** A whole template; each story breaks one thing in it. */
const TEMPLATE = `id: asking-for-a-raise
title: Asking for a raise
purpose: You leave with a first sentence.
forWhom: Anybody who is paid.
skills: [negotiation]
minutes: 30
groupSize: { least: 4, best: 6, most: 8 }
preparation:
  facilitator: []
  everybody: []
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

const PROGRAMME = `id: two-evenings
title: Two evenings
purpose: A short one.
forWhom: Anybody.
kinds: [meetup]
rhythm: monthly
openEnded: false
sessions:
  - template: kickoff
  - template: kick-of
`

it('ships a guide without a problem, in which every session ends with a close', () => {
  const { templates, programmes, checklist, problems, advice } = readGuide()

  expect([...problems, ...advice]).toEqual([])
  expect(templates.size).toBeGreaterThanOrEqual(18)
  expect(
    [...programmes.values()].map(({ id, sessions, openEnded }) => [id, sessions.length, openEnded]),
  ).toEqual([
    ['first-company-circle', 8, false],
    ['local-meetup-season', 6, false],
    ['episode-circle', 2, true],
    ['ten-skills', 10, false],
    ['career-plan-sprint', 4, false],
  ])
  for (const kind of ['internal', 'meetup'] as const)
    expect(checklist.filter(({ kinds }) => kinds.includes(kind)).length).toBeGreaterThanOrEqual(8)
  for (const { minutes, blocks } of templates.values()) expect(minutesOf(blocks)).toBe(minutes)
})

it('trains each of the ten skills in the programme of that name', () => {
  const { templates, programmes } = readGuide()
  const steps = programmes.get('ten-skills')?.sessions ?? []
  const trained = new Set(steps.flatMap(({ template }) => templates.get(template)?.skills ?? []))
  expect(trained.size).toBe(10)
})

it.each([
  [
    'a wrong kind of block',
    'kind: write',
    'kind: wrote',
    12,
    '“wrote” is no kind of block. Did you mean “write”?',
  ],
  [
    'a field that is missing',
    '    notes: Begin yourself.\n',
    '',
    17,
    '“notes” is missing in entry 2 of “blocks”',
  ],
  [
    'a field that nobody knows',
    'forWhom:',
    'forwhom:',
    4,
    '“forwhom” is no field of this file. Did you mean “forWhom”?',
  ],
  [
    'words where a number belongs',
    'minutes: 20',
    'minutes: twenty',
    14,
    '“minutes” has to be a whole number',
  ],
  ['a field with nothing in it', 'title: Close', 'title:', 18, '“title” is empty'],
  [
    'minutes that do not add up',
    'minutes: 30',
    'minutes: 45',
    6,
    'The blocks add up to 30 minutes, but “minutes” says 45',
  ],
  ['sizes in the wrong order', 'best: 6', 'best: 3', 7, 'The best group size (3) is below the least (4)'],
  ['a skill that is none of the ten', '[negotiation]', '[juggling]', 5, '“juggling” is not known here'],
  ['a quote that is never closed', 'title: My number', 'title: "My number', 13, 'A quote opens here'],
  ['a colon inside words', 'prompt: Write a number down.', 'prompt: Write: a number.', 15, 'second colon'],
  ['a tab', '    notes: Wait.', '\tnotes: Wait.', 16, 'Indent with spaces'],
  [
    'the same field twice',
    'after: []',
    'after: []\nafter: []',
    23,
    '“after” stands here for the second time',
  ],
  [
    'a close that is spoken in turn and written without names as well',
    '    notes: Begin yourself.\n',
    '    notes: Begin yourself.\n    options: { goRound: true, anonymous: true }\n',
    22,
    'everybody speaks in turn and nobody writes, so “anonymous” says nothing there',
  ],
  ['an id that is no id', 'id: asking-for-a-raise', 'id: Asking', 1, "“Asking” can't be an id"],
])('names the line of %s and says what to do', (_what, right, wrong, line, message) => {
  expect(checkTemplate(TEMPLATE).problems).toEqual([])

  const { problems } = checkTemplate(TEMPLATE.replace(right, wrong))
  const found = problems.find((problem) => problem.message.includes(message))
  expect(found, JSON.stringify(problems)).toMatchObject({ line })
})

it('names every slip of a file at once, in the order of its lines', () => {
  const broken = TEMPLATE.replace('minutes: 30', 'minutes: 45').replace('kind: close', 'kind: end')
  expect(checkTemplate(broken).problems.map(({ line }) => line)).toEqual([6, 17])
  expect(checkTemplate('').problems).toMatchObject([{ line: 1 }])
  expect(checkTemplate('- just\n- a list\n').problems).toMatchObject([{ line: 1 }])
})

it('advises to end with a close, and refuses nothing for it', () => {
  const { value, problems, advice } = checkTemplate(TEMPLATE.replace('kind: close', 'kind: discuss'))
  expect(value?.id).toBe('asking-for-a-raise')
  expect(problems).toEqual([])
  expect(advice).toMatchObject([{ line: 17 }])
})

it('refuses a programme with an unknown template in a sentence', () => {
  expect(checkProgramme(PROGRAMME, ['kickoff', 'networking-night']).problems).toEqual([
    {
      line: 10,
      message:
        'There is no session template “kick-of” in the guide. Did you mean “kickoff”? Name one of: kickoff, networking-night.',
    },
  ])
})

it('goes on without what is broken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shortside-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['templates', 'programmes']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'templates/asking-for-a-raise.yaml'), TEMPLATE)
  writeFileSync(join(folder, 'templates/other-name.yaml'), TEMPLATE)
  writeFileSync(
    join(folder, 'programmes/two-evenings.yaml'),
    PROGRAMME.replace('kickoff', 'asking-for-a-raise'),
  )
  writeFileSync(join(folder, 'checklist.yaml'), readFileSync(join(GUIDE_FOLDER, 'checklist.yaml')))

  const guide = readGuideFolder(folder)

  expect(guide.programmes.get('two-evenings')?.sessions).toEqual([{ template: 'asking-for-a-raise' }])
  expect(guide.problems.map(({ file, line }) => [file.slice(folder.length + 1), line])).toEqual([
    ['templates/other-name.yaml', 1],
    ['programmes/two-evenings.yaml', 10],
  ])
})

it('is checked from the command line: problems by file and line, and an exit code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shortside-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const broken = join(folder, 'mine.yaml')
  writeFileSync(broken, TEMPLATE.replace('minutes: 30', 'minutes: 31'))
  const programme = join(folder, 'programme.yaml')
  writeFileSync(programme, PROGRAMME)

  expect(await shortside('guide', 'check')).toEqual({
    code: 0,
    said: `${readGuide().templates.size} templates, 5 programmes: all good.
`,
  })
  const template = await shortside('guide', 'check', broken)
  expect(template.code).toBe(1)
  expect(template.said).toBe(
    `${broken}:6: The blocks add up to 30 minutes, but “minutes” says 31. Write 30 here, or change the blocks.\n`,
  )
  const steps = await shortside('guide', 'check', programme)
  expect(steps.code).toBe(1)
  expect(steps.said).toContain(`${programme}:10: There is no session template “kick-of”`)
  expect(await shortside('guide', 'check', join(folder, 'none.yaml'))).toMatchObject({ code: 1 })
  expect(await shortside('guide', 'chek')).toMatchObject({ code: 2 })
})

it('is open to strangers: templates, programmes and the launch checklist', async () => {
  const { stranger } = await openHouse()
  const { api, request } = stranger()

  const all = await api.listTemplates({ query: {} })
  expect(all.length).toBe(readGuide().templates.size)
  const short = await api.listTemplates({ query: { skill: 'negotiation', words: 'practice' } })
  expect(short.map(({ id }) => id)).toContain('negotiation-practice')
  expect(short.length).toBeLessThan(all.length)

  const kickoff = await api.getTemplate({ params: { id: 'kickoff' } })
  expect(kickoff).toEqual(readGuide().templates.get('kickoff'))

  const programmes = await api.listProgrammes()
  expect(programmes[0]).toMatchObject({ id: 'first-company-circle', sessions: 8 })
  const circle = await api.getProgramme({ params: { id: 'first-company-circle' } })
  expect(circle.sessions[0]).toMatchObject({
    template: 'kickoff',
    title: 'Kickoff',
    minutes: kickoff.minutes,
  })
  expect((await api.launchChecklist())[0]?.id).toBe('find-an-ally')

  await expect(api.getTemplate({ params: { id: 'nope' } })).rejects.toMatchObject({ code: 'not-found' })
  await expect(api.getProgramme({ params: { id: 'nope' } })).rejects.toMatchObject({ code: 'not-found' })
  const refused = await request({ url: '/api/guide/templates?skill=juggling' })
  expect(refused.statusCode).toBe(422)
})

function shortside(...words: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(CHECKOUT, 'server/src/cli.ts'), ...words], (problem, stdout) =>
      resolve({ code: typeof problem?.code === 'number' ? problem.code : 0, said: stdout }),
    )
  })
}
