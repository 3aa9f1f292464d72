type Cell = string | number | null

/** What a spreadsheet takes for a formula when a cell begins with it; `'` before it makes it plain text. */
const FORMULA = /^[=+\-@\t\r]/
/** Says to spreadsheets that the letters are UTF-8. */
const MARK = '\uFEFF'

/** A table as RFC 4180 wants it. Cells are what people typed, so none of them runs as a formula. */
export const asCsv = (head: string[], rows: Cell[][]): string =>
  MARK + [head, ...rows].map((row) => row.map(asCell).join(',') + '\r\n').join('')

function asCell(cell: Cell): string {
  const text = typeof cell === 'string' ? cell.replace(FORMULA, "'$&") : String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
