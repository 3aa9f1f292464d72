import type { BlockKind, BlockOptions } from '../guide.ts'

type Planned = { readonly kind: BlockKind; readonly options: BlockOptions }

/** How a close is written: one word, plus and delta, or plain words. */
export type Closing = NonNullable<BlockOptions['closing']>
export const closingOf = ({ kind, options }: Planned): Closing | undefined =>
  kind === 'close' ? options.closing : undefined

/** One word is often two. */
export const LONGEST_WORD = 40

/** What was good, and what to change. */
export type PlusDelta = { plus: string; delta: string }

const PLUS = '+ '
const DELTA = 'Δ '

const marked = (text: string, mark: string): string =>
  text === ''
    ? ''
    : text
        .split('\n')
        .map((line) => mark + line)
        .join('\n')

/**
 * Both parts as one text, each line with its mark, as it is written on a flip chart. So whatever keeps, reveals, exports
 * or mails an answer has nothing to know about it.
 */
export const sayPlusDelta = ({ plus, delta }: PlusDelta): string =>
  [marked(plus, PLUS), marked(delta, DELTA)].filter((part) => part !== '').join('\n')

/** The parts of such a text; a line without a mark was good. */
export function readPlusDelta(body: string): PlusDelta {
  const lines = body === '' ? [] : body.split('\n')
  const isDelta = (line: string) => line.startsWith('Δ')
  const unmarked = (line: string) => line.replace(/^[+Δ]( |$)/, '')
  return {
    plus: lines
      .filter((line) => !isDelta(line))
      .map(unmarked)
      .join('\n'),
    delta: lines.filter(isDelta).map(unmarked).join('\n'),
  }
}

/** What is wrong with a text for its close, in a sentence; nothing when it fits. */
export function notForClosing(block: Planned, body: string): string | undefined {
  switch (closingOf(block)) {
    case 'one-word':
      return body.trim().length > LONGEST_WORD || body.trim().includes('\n')
        ? `One word, or two or three: up to ${String(LONGEST_WORD)} characters.`
        : undefined
    case 'plus-delta':
    case undefined:
      return undefined
  }
}

/** Whether there is anything in it besides the marks. */
export function isBlank(block: Planned, body: string): boolean {
  if (closingOf(block) !== 'plus-delta') return body.trim() === ''
  const { plus, delta } = readPlusDelta(body)
  return plus.trim() === '' && delta.trim() === ''
}
