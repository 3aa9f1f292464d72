import { describe, expect, it } from 'vitest'
import { ownPath } from './sign-in.ts'

describe('where to go on after a sign-in', () => {
  it.each(['/', '/groups', '/groups/tuesday-circle/sessions?past=1#notes', '/join/abc_-123', '/a//b'])(
    'is %s',
    (next) => expect(ownPath(next)).toBe(next),
  )

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    '/\t/evil.example',
    '/\n/evil.example',
    '/ /evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'groups',
    '\\\\evil.example',
    '',
    `/${'a'.repeat(500)}`,
    null,
    undefined,
  ])('is the front page instead of %j', (next) => expect(ownPath(next)).toBe('/'))

  it('stays on this site as browsers read it', () => {
    for (const next of ['/.//evil.example', '/..//evil.example', '/%2F/evil.example', '/@evil.example'])
      expect(new URL(ownPath(next), 'https://circle.example').origin).toBe('https://circle.example')
  })
})
