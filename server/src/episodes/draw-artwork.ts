import pLimit from 'p-limit'
import { Refusal } from '#shared/refusals.ts'
import { runWorker } from './run-worker.ts'

export type ArtworkAnswer = { webp: Uint8Array } | { problem: string }

/** Pictures that are drawn of points, by how they begin: names and types of real files are often wrong. */
const PICTURES: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  (bytes) => /^GIF8[79]a$/u.test(bytes.toString('latin1', 0, 6)),
  (bytes) => /^RIFF[\s\S]{4}WEBP$/u.test(bytes.toString('latin1', 0, 12)),
  (bytes) => /^ftypavi[fs]$/u.test(bytes.toString('latin1', 4, 12)),
]

const LIMITS = {
  wait: 10_000,
  megabytes: 128,
  tooMuch: () => noPicture(),
}
const takeTurn = pLimit(1)

/** Makes a picture of a publisher small, in a thread of its own. @throws Refusal when it is none, or a drawing (SVG). */
export async function drawArtwork(bytes: Buffer): Promise<Buffer> {
  if (!PICTURES.some((is) => is(bytes))) throw noPicture()
  const answer = await takeTurn(() => runWorker<ArtworkAnswer>('artwork-worker.ts', bytes, LIMITS))
  if ('problem' in answer) throw noPicture()
  return Buffer.from(answer.webp)
}

const noPicture = () =>
  new Refusal(
    'invalid',
    'That is no picture that we take: JPEG, PNG, GIF, WebP or AVIF of up to 40 million points.',
  )
