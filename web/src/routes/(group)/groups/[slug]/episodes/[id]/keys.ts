/** What single keys do on the page of an episode, as the list of keys says it. */
export const KEYS = [
  { keys: ['Space'], action: 'toggle', does: 'Play or pause' },
  { keys: ['Left', 'J'], action: 'back', does: 'Back 15 seconds' },
  { keys: ['Right', 'L'], action: 'on', does: 'On 15 seconds' },
  { keys: ['<'], action: 'slower', does: 'Slower' },
  { keys: ['>'], action: 'faster', does: 'Faster' },
  { keys: ['M'], action: 'mark', does: 'Pause and start a thread on this moment' },
  { keys: ['H'], action: 'highlight', does: 'Highlight the selected words for yourself' },
  { keys: ['C'], action: 'copy', does: 'Copy the selected words, or the line that is heard, with the time' },
  { keys: ['?'], action: 'help', does: 'Show this list' },
] as const
export type KeyAction = (typeof KEYS)[number]['action']

const PRESSED: Record<string, KeyAction> = {
  ' ': 'toggle',
  arrowleft: 'back',
  j: 'back',
  arrowright: 'on',
  l: 'on',
  '<': 'slower',
  '>': 'faster',
  m: 'mark',
  h: 'highlight',
  c: 'copy',
  '?': 'help',
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'>

/** What a key does where it was pressed; nothing while somebody types, in a dialog, or where it has its own meaning. */
export function keyAction(event: Pressed, where: Pick<Element, 'closest'>): KeyAction | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined
  const on = (what: string) => where.closest(what) !== null
  if (on('input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], dialog'))
    return undefined
  const action = PRESSED[event.key.toLowerCase()]
  if (action === 'toggle' && on('button, a, summary, input, label, [role=button]')) return undefined
  if (event.key.startsWith('Arrow') && on('input, [role=radiogroup], [role=menu], [popover]'))
    return undefined
  return action
}
