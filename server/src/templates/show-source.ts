import type { TemplateSource } from '#shared/templates.ts'
import type { House } from '../house.ts'
import type { TemplateRow } from './guards.ts'

/** Where a fork comes from, as every member may read it: of another group not its name nor its address. */
export function showSource({ config }: House, template: TemplateRow): TemplateSource | null {
  const { sourceKind: kind, sourceAddress: address } = template
  if (!kind) return null
  return {
    kind,
    title: template.sourceTitle ?? '',
    address:
      kind === 'guide'
        ? `${config.origin}/guide/templates/${address ?? ''}`
        : kind === 'link'
          ? address
          : null,
    version: template.sourceVersion ?? '',
    author: template.sourceAuthor ?? '',
    licence: template.sourceLicence ?? '',
    takenAt: (template.sourceTakenAt ?? template.createdAt).toISOString(),
  }
}
