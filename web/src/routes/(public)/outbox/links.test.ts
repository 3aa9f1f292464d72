import { expect, it } from 'vitest'
import { withLinks } from './links.ts'

it('finds addresses, without the full stop behind them', () => {
  expect(withLinks('Confirm:\nhttp://localhost:3000/mail-link/a_-b.\nBye')).toEqual([
    { text: 'Confirm:\n', link: false },
    { text: 'http://localhost:3000/mail-link/a_-b', link: true },
    { text: '.\nBye', link: false },
  ])
})

it('links nothing that only looks like one', () => {
  expect(withLinks('javascript:alert(1) and www.example.org').some(({ link }) => link)).toBe(false)
})
