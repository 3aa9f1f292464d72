import type { EpisodePreview } from '#shared/episodes.ts'
import { requireText } from '#shared/episode-text.ts'
import { readInWorker } from './read-in-worker.ts'
import { readPreview } from './read-preview.ts'

/** Longer texts are read in a thread of their own. */
const QUICK = 50_000

/** What a text is understood as, before anything is saved. @throws Refusal for what is no text, empty or too large. */
export async function previewText(text: string, fileName: string): Promise<EpisodePreview> {
  requireText(text)
  return text.length > QUICK ? readInWorker({ kind: 'text', text, fileName }) : readPreview(text, fileName)
}
