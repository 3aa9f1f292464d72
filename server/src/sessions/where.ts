import { Refusal } from '#shared/refusals.ts'

/** Where people meet, in words for a mail. */
export function sayWhere({ room, onlineLink }: { room: string | null; onlineLink: string | null }): string {
  if (room && onlineLink) return `${room}, or online: ${onlineLink}`
  return room ?? onlineLink ?? 'The place will follow.'
}

/** Empty means none. A link must be one that a browser opens. */
export function toLink(link: string): string | null {
  const trimmed = link.trim()
  if (trimmed === '') return null
  if (!URL.canParse(trimmed) || !/^https?:/i.test(trimmed))
    throw new Refusal(
      'invalid',
      'The online link needs to be a whole address, such as https://meet.example.org/tuesday.',
      'onlineLink',
    )
  return trimmed
}

export const toPlace = (place: string): string | null => place.trim() || null
