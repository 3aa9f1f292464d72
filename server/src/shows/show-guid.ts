import { createHash } from 'node:crypto'

/** The namespace that feeds have by agreement (podcast:guid of the podcast namespace). */
const NAMESPACE = Buffer.from('ead4c236bf5858c6a2c6a6b28d128cb6', 'hex')
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u

/** The identity of a show wherever its feed is: what the feed states, else the UUIDv5 of its address. */
export function showGuid(stated: string | null, feedUrl: string): string {
  const own = stated?.toLowerCase() ?? ''
  return UUID.test(own) ? own : uuid5(feedUrl.replace(/^[a-z]+:\/\//iu, '').replace(/\/+$/u, ''))
}

function uuid5(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}
