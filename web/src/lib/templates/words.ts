import type { BlockTimes, GroupTemplate, GroupTemplateSummary, TemplateSource } from '#shared/templates.ts'

const KINDS: Record<TemplateSource['kind'], string> = {
  guide: 'of the organizer guide',
  link: 'from a shared link',
  group: 'of another group',
  file: 'from a file',
}

/** "Made from “Kickoff” of the organizer guide". */
export const sourceInWords = ({ kind, title }: Pick<TemplateSource, 'kind' | 'title'>): string =>
  kind === 'file' ? `Imported from a file` : `Made from “${title}” ${KINDS[kind]}`

/** "This block took you 14 of 10 minutes, in the middle of the last 3 sessions." */
export function tookInWords({ took, minutes, sessions }: BlockTimes): string | undefined {
  if (took === null) return undefined
  const when =
    sessions === 1
      ? 'last time'
      : sessions === 2
        ? 'on average of two sessions'
        : `at the median of the last ${sessions} sessions`
  return took === minutes
    ? `This block took you its ${minutes} minutes, ${when}.`
    : `This block took you ${took} of ${minutes} minutes, ${when}.`
}

/** How long the template would take with the minutes that its blocks took; nothing when none took others. */
export function minutesTaken(times: readonly BlockTimes[]): number | undefined {
  const differs = times.some(({ took, minutes }) => took !== null && took !== minutes)
  return differs ? times.reduce((sum, { took, minutes }) => sum + (took ?? minutes), 0) : undefined
}

/** "25 minutes, 3 blocks, version 2". */
export const sizeInWords = ({
  minutes,
  blocks,
  version,
}: Pick<GroupTemplateSummary, 'minutes' | 'blocks' | 'version'>): string =>
  `${minutes} minutes, ${blocks === 1 ? 'one block' : `${blocks} blocks`}, version ${version}`

export const linesOf = (list: readonly string[]): string => list.join('\n')
export const listOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A file that the browser saves under this name. */
export function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  URL.revokeObjectURL(url)
}

export const fileName = ({ body }: Pick<GroupTemplate, 'body'>): string =>
  `${
    body.title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'template'
  }.yaml`
