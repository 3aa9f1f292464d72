import type { TemplateBody } from '#shared/templates.ts'
import type { TemplateRow } from './guards.ts'

/** What goes out says what it was made from, unless that is another group’s. */
export function withOrigin(
  body: TemplateBody,
  {
    sourceKind,
    sourceTitle,
    sourceAuthor,
    sourceLicence,
  }: Pick<TemplateRow, 'sourceKind' | 'sourceTitle' | 'sourceAuthor' | 'sourceLicence'>,
): TemplateBody {
  if (!sourceTitle || !sourceKind || sourceKind === 'group' || sourceKind === 'file') return body
  // The address of a link is for whoever was given it.
  const where =
    sourceKind === 'guide' ? 'the organizer guide of Shortside' : 'a template that was shared by link'
  const line = creditLine(`Made from “${sourceTitle}”`, where, sourceAuthor ?? '', sourceLicence ?? '')
  return body.sources.includes(line) ? body : { ...body, sources: [...body.sources, line] }
}

/** "Made from “Kickoff”, by Ada, CC BY 4.0: https://…" */
export const creditLine = (what: string, where: string, author: string, licence: string): string =>
  `${[what, author && `by ${author}`, licence].filter(Boolean).join(', ')}: ${where}.`
