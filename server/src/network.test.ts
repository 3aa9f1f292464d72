import { expect, it } from 'vitest'
import { networkOf } from './network.ts'

it('takes a /64 as one, however its addresses are shortened', () => {
  const one = networkOf('2001:db8::1')
  expect(networkOf('2001:db8::abcd:1:2:3')).toBe(one)
  expect(networkOf('2001:0db8:0000:0000:ffff:ffff:ffff:ffff')).toBe(one)
  expect(networkOf('2001:db8:0:1::1')).not.toBe(one)
})

it('tells IPv4 addresses apart, also when they come as IPv6', () => {
  expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'))
  expect(networkOf('::ffff:192.0.2.1')).toBe(networkOf('192.0.2.1'))
})
