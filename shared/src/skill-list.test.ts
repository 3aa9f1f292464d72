import { expect, it } from 'vitest'
import { isMailProvider } from './mail-providers.ts'
import { problemOfSkills, skillList } from './skill-list.ts'

it('shows the ten to an organization that never changed them', () => {
  expect(skillList([])).toHaveLength(10)
  expect(problemOfSkills(skillList([]))).toBeUndefined()
})

it('keeps the order of the organization, and adds what it never placed', () => {
  const list = skillList([{ skill: 'ethics', name: 'Judgement', hidden: false }])
  expect(list.map(({ skill }) => skill).slice(0, 2)).toEqual(['ethics', 'career-plan'])
  expect(list).toHaveLength(10)
})

it.for([
  ['twice', [...skillList([]), { skill: 'ethics', name: 'Again', hidden: false }], 'twice'],
  ['too few', skillList([]).slice(1), '“Career plan” is missing'],
  ['none shown', skillList([]).map((one) => ({ ...one, hidden: true })), 'at least one'],
  ['no name', skillList([]).map((one) => ({ ...one, name: ' ' })), 'Give each skill a name'],
  [
    'one name for two',
    [...skillList([]), { skill: 'x', name: 'ethics ', hidden: false }],
    'Two skills are called',
  ],
] as const)('says what is wrong: %s', ([, list, sentence]) => {
  expect(problemOfSkills(list)).toContain(sentence)
})

it('knows that everybody has an address at a mail provider', () => {
  expect(isMailProvider('gmail.com')).toBe(true)
  expect(isMailProvider('harbour.example')).toBe(false)
})
