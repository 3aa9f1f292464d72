import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const RATE = 8_000
const HEADER = 44

/** A publisher's audio: a quiet tone, so many seconds long, in the simplest format there is. */
export function makeAudio(seconds: number): Buffer {
  const audio = Buffer.alloc(HEADER + seconds * RATE, 128)
  audio.write('RIFF', 0)
  audio.writeUInt32LE(36 + seconds * RATE, 4)
  audio.write('WAVEfmt ', 8)
  audio.writeUInt32LE(16, 16)
  audio.writeUInt16LE(1, 20) // PCM
  audio.writeUInt16LE(1, 22) // one channel
  audio.writeUInt32LE(RATE, 24)
  audio.writeUInt32LE(RATE, 28)
  audio.writeUInt16LE(1, 32)
  audio.writeUInt16LE(8, 34) // bits
  audio.write('data', 36)
  audio.writeUInt32LE(seconds * RATE, 40)
  for (let at = HEADER; at < audio.length; at += 1) audio[at] = 128 + 8 * Math.sin(at / 6)
  return audio
}

export type Publisher = {
  url: string
  /** What browsers asked for: their ranges, in order. */
  ranges: (string | undefined)[]
  /** From now on there is nothing at this address; or again. */
  move: (gone: boolean) => void
  close: () => void
}

/** A server of a publisher, on this machine: it knows ranges, and takes note of them. */
export async function publishAudio(seconds: number): Promise<Publisher> {
  const audio = makeAudio(seconds)
  const ranges: Publisher['ranges'] = []
  let gone = false
  const server = createServer((request, response) => {
    const { range } = request.headers
    ranges.push(range)
    if (gone) return void response.writeHead(410, { 'cache-control': 'no-store' }).end()
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
    const start = Number(from ?? 0)
    const end = to ? Math.min(Number(to), audio.length - 1) : audio.length - 1
    response.writeHead(range ? 206 : 200, {
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(range ? { 'content-range': `bytes ${start}-${end}/${audio.length}` } : {}),
    })
    response.end(audio.subarray(start, end + 1))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/episode.wav`,
    ranges,
    move: (to) => {
      gone = to
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
