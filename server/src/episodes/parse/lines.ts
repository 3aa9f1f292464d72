/** A line of a file, with the number that people count it by. */
export type Line = { number: number; text: string }

/** Lines as they are, whatever ends them, without a byte order mark. */
export function toLines(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line }))
}

/** Lines joined to a text without gaps at its ends or wide ones within. */
export const toNotes = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd()

/** White space is one space: how a sentence is read that was broken over lines. */
export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** A line in a message, cut when it is long. */
export const quoted = (text: string): string => {
  const line = oneLine(text)
  return line.length > 60 ? `“${line.slice(0, 57)}…”` : `“${line}”`
}
