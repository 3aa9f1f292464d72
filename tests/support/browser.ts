import { buildWeb } from '#server/web.ts'
import { chromiumPath } from './chromium.ts'

/** Runs once before the stories in a browser: the pages are built and Chromium is unpacked, before workers race for it. */
export default async function setup(): Promise<void> {
  await buildWeb()
  await chromiumPath()
}
