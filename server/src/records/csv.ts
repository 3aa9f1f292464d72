type Cell = string | number | null

/**
 * What a spreadsheet takes for a formula when a cell begins with it; `'` before it makes it plain text. Cells also begin
 * after a semicolon or a tab, where the country's list separator is one.
 */
const FORMULA = /(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])|^(?=[\t\r\n])/g
/** Says to spreadsheets that the letters are UTF-8. */
const MARK = '\uFEFF'

/** A table as RFC 4180 wants it. Cells are what people typed, so none of them runs as a formula. */
export const asCsv = (head: string[], rows: Cell[][]): string =>
  MARK + [head, ...rows].map((row) => row.map(asCell).join(',') + '\r\n').join('')

function asCell(cell: Cell): string {
  const text = typeof cell === 'string' ? cell.replace(FORMULA, "$1'") : String(cell ?? '')
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
