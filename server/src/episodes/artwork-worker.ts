import { parentPort, workerData } from 'node:worker_threads'
import sharp from 'sharp'
import { ARTWORK_SIZE } from '#shared/artworks.ts'
import type { ArtworkAnswer } from './draw-artwork.ts'

/** Larger ones unfold to hundreds of megabytes. Publishers are asked for 3,000 × 3,000. */
const MOST_PIXELS = 40_000_000
const LONGEST = 8

// Only what is drawn of points: a drawing (SVG) can hold scripts, and lead elsewhere.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
  ],
})
sharp.cache(false)
sharp.concurrency(1)

const bytes = workerData as Uint8Array
sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated', autoOrient: true })
  .resize(ARTWORK_SIZE, ARTWORK_SIZE, { fit: 'cover', withoutEnlargement: true })
  .webp({ quality: 82 })
  .timeout({ seconds: LONGEST })
  .toBuffer()
  .then(
    (webp) => parentPort?.postMessage({ webp } satisfies ArtworkAnswer),
    (problem: unknown) => parentPort?.postMessage({ problem: String(problem) } satisfies ArtworkAnswer),
  )
