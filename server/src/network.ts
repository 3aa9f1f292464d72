import ipaddr from 'ipaddr.js'

/**
 * Who counts as one for limits. People behind one IPv6 line share a /64; an address of it alone would be no limit
 * at all. An IPv4 address is itself, also when it is written as IPv6.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${Buffer.from(address.toByteArray().slice(0, 8)).toString('hex')}/64`
}
