import { inflateSync } from 'node:zlib'

/** A picture as its pixels: eight bits a channel, as our own are. */
export type Pixels = { width: number; height: number; at: (x: number, y: number) => string }

/** Reads a PNG, so that a test need not believe the bytes. */
export function readPng(bytes: Buffer): Pixels {
  if (bytes.subarray(1, 4).toString() !== 'PNG') throw new Error('not a PNG')
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const [depth, colour, interlaced] = [bytes[24], bytes[25], bytes[28]]
  if (depth !== 8 || (colour !== 6 && colour !== 2) || interlaced !== 0)
    throw new Error('another kind of PNG')
  const channels = colour === 6 ? 4 : 3
  const lines = unfilter(inflateSync(Buffer.concat(dataOf(bytes))), width * channels, channels)
  return {
    width,
    height,
    at: (x, y) => `#${lines[y]?.subarray(x * channels, x * channels + 3).toString('hex') ?? ''}`,
  }
}

function dataOf(bytes: Buffer): Buffer[] {
  const data: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (bytes.subarray(at + 4, at + 8).toString() === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return data
}

/** Each line says how it leans on the pixel to its left and the line above. */
function unfilter(raw: Buffer, width: number, channels: number): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < raw.length; start += width + 1) {
    const line = Buffer.from(raw.subarray(start + 1, start + 1 + width))
    const above = lines.at(-1) ?? Buffer.alloc(width)
    for (let at = 0; at < width; at += 1) {
      const left = line[at - channels] ?? 0
      const up = above[at] ?? 0
      const corner = at < channels ? 0 : (above[at - channels] ?? 0)
      line[at] = (line[at] ?? 0) + leaning(raw[start] ?? 0, left, up, corner)
    }
    lines.push(line)
  }
  return lines
}

function leaning(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return Math.floor((left + up) / 2)
    case 4: {
      const guess = left + up - corner
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
      return a <= b && a <= c ? left : b <= c ? up : corner
    }
    default:
      return 0
  }
}
