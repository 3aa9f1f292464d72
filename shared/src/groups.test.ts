import { expect, it } from 'vitest'
import { doorFor, isDomain, matchesDomain } from './groups.ts'

it('opens the door that the group offers, and a shorter way for addresses of its domains', () => {
  const domains = ['harbour.example']
  expect(doorFor({ admission: 'open', domains: [] }, undefined)).toBe('join')
  expect(doorFor({ admission: 'on-request', domains: [] }, 'a@b.example')).toBe('ask')
  expect(doorFor({ admission: 'invite-only', domains }, 'a@b.example')).toBe('invite')
  expect(doorFor({ admission: 'invite-only', domains }, 'ada@Harbour.example')).toBe('join')
  expect(doorFor({ admission: 'invite-only', domains }, undefined)).toBe('invite')
  expect(doorFor({ admission: 'open', domains }, 'a@b.example')).toBe('invite')
  expect(doorFor({ admission: 'closed', domains }, 'ada@harbour.example')).toBe('closed')
})

it('takes an address for a domain only when the whole domain is the same', () => {
  const domains = ['harbour.example']
  for (const email of [
    'a@sub.harbour.example',
    'a@harbour.example.org',
    'a@notharbour.example',
    '"x@harbour.example"@b.org',
  ])
    expect(matchesDomain(email, domains)).toBe(false)
})

it('knows a domain when it sees one', () => {
  for (const domain of ['example.com', 'my-firm.co.uk', 'x.io']) expect(isDomain(domain)).toBe(true)
  for (const other of ['example', '@example.com', 'https://example.com', 'a b.com', '-a.com', ''])
    expect(isDomain(other)).toBe(false)
})
