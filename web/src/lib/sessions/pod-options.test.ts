import { expect, it } from 'vitest'
import { readRoles, sayRoles } from './pod-options.ts'

it('reads roles with what they do from lines, and keeps the checklist of a role', () => {
  const before = { tasks: [{ role: 'Observer', does: 'Note.', checklist: ['Who asks first?'] }] }
  const read = readRoles('Speaker: Tell it\n\n Observer : Note words: all of them\nHelper', before)
  expect(read).toEqual({
    roles: ['Speaker', 'Observer', 'Helper'],
    tasks: [
      { role: 'Speaker', does: 'Tell it' },
      { role: 'Observer', does: 'Note words: all of them', checklist: ['Who asks first?'] },
    ],
  })
  expect(readRoles(sayRoles(read as never), read as never)).toEqual(read)
  expect(readRoles(' \n', {})).toEqual({ roles: undefined, tasks: undefined })
})
