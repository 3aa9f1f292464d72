import { Refusal } from '#shared/refusals.ts'
import { placeInWords, placeOf, type Place } from '#shared/where.ts'
import type { GroupRow } from '../groups/guards.ts'

/** What a session, or a series, says of where it is; the rest is as the group has it. */
type Meeting = Pick<Place, 'room'> & { onlineLink: string | null; overDays?: boolean } & Partial<
    Pick<Place, 'venue' | 'address' | 'accessNotes'>
  >

const NOWHERE: Place = { venue: null, address: null, city: null, room: null, accessNotes: '' }

/** Where a session is, as its members know it. Over days nobody goes anywhere. */
export const placeOfMeeting = (group: GroupRow, meeting: Meeting): Place =>
  meeting.overDays ? NOWHERE : placeOf(group, { venue: null, address: null, accessNotes: '', ...meeting })

/** Where people meet, in words for a mail. */
export function sayWhere(group: GroupRow, meeting: Meeting): string {
  if (meeting.overDays) return 'On Shortside, when it suits you'
  const place = placeInWords(placeOfMeeting(group, meeting))
  const { onlineLink } = meeting
  if (place && onlineLink) return `${place}, or online: ${onlineLink}`
  return place || (onlineLink ?? 'The place will follow.')
}

/** The same, with how to get in. */
export function sayWhereAndHow(group: GroupRow, meeting: Meeting): string {
  const { accessNotes } = placeOfMeeting(group, meeting)
  return sayWhere(group, meeting) + (accessNotes ? `\nHow to get in: ${accessNotes}` : '')
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
