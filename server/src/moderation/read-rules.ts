import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rules } from '#shared/moderation.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'

const OURS = new URL('rules.md', import.meta.url)

/** The operator's own rules, `rules.md` in the data folder, or else ours. */
export async function readRules({ config }: House): Promise<Rules> {
  const own = await readFile(join(config.dataDir, 'rules.md'), 'utf8').catch(() => '')
  const text = own.trim() === '' ? await readFile(OURS, 'utf8') : own
  return { html: renderMarkdown(text), contact: config.contact ?? null }
}
