import { createHash } from 'node:crypto'
import type { TemplateBody } from '#shared/templates.ts'

/** What a template says, as one text that is the same for the same words, in whatever order its fields are kept. */
export const bodyWords = (body: TemplateBody): string =>
  JSON.stringify(body, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** Names these words. */
export const markOf = (body: TemplateBody, more = ''): string =>
  createHash('sha256')
    .update(bodyWords(body) + more)
    .digest('base64url')
    .slice(0, 22)
