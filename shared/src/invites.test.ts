import { expect, it } from 'vitest'
import { inviteState, isAddress, readAddresses } from './invites.ts'

it('reads the addresses of whatever was pasted, each once', () => {
  expect(
    readAddresses(
      'Ada <Ada@Example.org>, ben@example.org;\ncleo@example.org dan@example.org\nben@example.org',
    ),
  ).toEqual(['ada@example.org', 'ben@example.org', 'cleo@example.org', 'dan@example.org'])
  expect(readAddresses(' \n , ; ')).toEqual([])
})

it('keeps what is no address as it was typed', () => {
  const [wrong = ''] = readAddresses('Fred at home, ben@example.org')
  expect(wrong).toBe('fred at home')
  expect(isAddress(wrong)).toBe(false)
  for (const other of ['a@b', 'a@@b.example', 'a@b.example\nbcc:c', '@b.example'])
    expect(isAddress(other)).toBe(false)
})

it('says why an invite lets nobody in', () => {
  const now = new Date('2026-11-22T09:00:00Z')
  const later = new Date('2026-11-29T09:00:00Z')
  const open = { expiresAt: later, revokedAt: null, uses: 1, maxUses: null }
  expect(inviteState(open, now)).toBe('open')
  expect(inviteState(open, later)).toBe('expired')
  expect(inviteState({ ...open, maxUses: 1 }, now)).toBe('used-up')
  expect(inviteState({ ...open, revokedAt: now, maxUses: 1 }, later)).toBe('revoked')
})
