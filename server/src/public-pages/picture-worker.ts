import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import satori, { type Font } from 'satori'
import { PICTURE_HEIGHT, PICTURE_WIDTH } from '#shared/public-pages.ts'
import type { DrawTask, Drawn } from './draw-picture.ts'
import { layOut } from './lay-out-picture.ts'
import { PARTS } from './legible.ts'

// Drawing takes longer than everybody else should wait, so it has a thread of its own.
const require = createRequire(import.meta.url)

const readFonts = (family: keyof typeof PARTS, weight: 400 | 600): Font[] =>
  PARTS[family].map((part) => ({
    name: `${family} ${part}`,
    weight,
    style: 'normal',
    data: readFileSync(
      require.resolve(`@fontsource/${family}/files/${family}-${part}-${weight}-normal.woff`),
    ),
  }))

const fonts = [...readFonts('fraunces', 600), ...readFonts('inter', 400), ...readFonts('inter', 600)]
const ready = initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')))

parentPort?.on('message', ({ id, picture }: DrawTask) => {
  void draw(picture).then(
    (png) => parentPort?.postMessage({ id, png } satisfies Drawn),
    (problem: unknown) => parentPort?.postMessage({ id, problem: String(problem) } satisfies Drawn),
  )
})

async function draw(picture: DrawTask['picture']): Promise<Uint8Array> {
  await ready
  const svg = await satori(layOut(picture), { width: PICTURE_WIDTH, height: PICTURE_HEIGHT, fonts })
  const drawing = new Resvg(svg, { font: { loadSystemFonts: false } })
  try {
    const rendered = drawing.render()
    try {
      return rendered.asPng()
    } finally {
      rendered.free()
    }
  } finally {
    drawing.free()
  }
}
