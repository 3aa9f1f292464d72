/** What a key does on the facilitator's screen. */
export type Deed =
  | 'next'
  | 'previous'
  | 'pause'
  | 'reveal'
  | 'extend'
  | 'give'
  | 'give-new'
  | 'more-topic'
  | 'end-turn'
  | 'next-turn'
  | 'back-turn'
  | 'play'
  | 'plan'
  | 'close'
  | 'keys'

type Key = {
  key: string
  label: string
  deed: Deed
  does: string
  /** What it does over days, when it does anything there. */
  overDays?: string
}

export const KEYS: readonly Key[] = [
  {
    key: 'n',
    label: 'N',
    deed: 'next',
    does: 'Start, or go to the next block',
    overDays: 'End this part and go on',
  },
  { key: 'p', label: 'P', deed: 'previous', does: 'Back to the block before' },
  { key: ' ', label: 'Space', deed: 'pause', does: 'Pause the timer, or let it run on' },
  { key: 'e', label: 'E', deed: 'extend', does: 'Two more minutes', overDays: 'One more day' },
  { key: 'r', label: 'R', deed: 'reveal', does: 'Reveal the answers, or count the votes' },
  {
    key: 's',
    label: 'S',
    deed: 'give',
    does: 'Give the floor to the first in the queue: who wants to add comes first',
  },
  { key: 'f', label: 'F', deed: 'give-new', does: 'Give the floor to the first with a new subject' },
  {
    key: 'd',
    label: 'D',
    deed: 'end-turn',
    does: 'End the turn of whoever speaks; in a go-round, go on to the next',
  },
  {
    key: 't',
    label: 'T',
    deed: 'next-turn',
    does: 'The next topic, or the next turn: in pairs, in a go-round, before everybody',
  },
  { key: 'b', label: 'B', deed: 'back-turn', does: 'Back to whoever spoke before in the go-round' },
  { key: 'l', label: 'L', deed: 'play', does: 'Play or pause the episode for all' },
  { key: 'm', label: 'M', deed: 'plan', does: 'Change the plan' },
  { key: 'a', label: 'A', deed: 'more-topic', does: 'Four more minutes for the topic' },
  {
    key: 'c',
    label: 'C',
    deed: 'close',
    does: 'Close the session (asks first)',
    overDays: 'Close the session (asks first)',
  },
  { key: '?', label: '?', deed: 'keys', does: 'Show these keys', overDays: 'Show these keys' },
]

/** The keys that do something in this session, and what. Over days nothing is spoken, paused or gone back to. */
export const keysFor = (overDays: boolean): readonly Key[] =>
  overDays
    ? KEYS.flatMap((key) => (key.overDays === undefined ? [] : [{ ...key, does: key.overDays }]))
    : KEYS

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'target'>

/** What was meant by a key; nothing while somebody types, holds it down, or presses a button with Space. */
export function deedOf(
  { key, ctrlKey, metaKey, altKey, repeat, target }: Pressed,
  overDays = false,
): Deed | undefined {
  if (ctrlKey || metaKey || altKey || repeat) return undefined
  const at = target as Partial<Pick<Element, 'closest'>> | null
  if (at?.closest?.('input, textarea, select, [contenteditable], dialog')) return undefined
  if (key === ' ' && at?.closest?.('button, a, summary')) return undefined
  return keysFor(overDays).find((one) => one.key === key.toLowerCase())?.deed
}
