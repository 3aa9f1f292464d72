import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Writer } from './threads.ts'

export const LONGEST_ANNOUNCEMENT_TITLE = 120
export const LONGEST_ANNOUNCEMENT = 6_000
export const ANNOUNCEMENTS_LISTED = 100

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })

/** What everybody should know. The writer picks the id, so a retry is neither written nor mailed twice. */
export const AnnouncementDraft = Type.Object({
  id: Id,
  title: Words(LONGEST_ANNOUNCEMENT_TITLE),
  /** Markdown. */
  body: Words(LONGEST_ANNOUNCEMENT),
})
export type AnnouncementDraft = Static<typeof AnnouncementDraft>

export const Announcement = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  /** `body` as sanitised HTML. */
  html: Type.String(),
  by: Writer,
  announcedAt: Instant,
  editedAt: Type.Union([Instant, Type.Null()]),
  /** Whether I may change it or take it back. */
  mine: Type.Boolean(),
})
export type Announcement = Static<typeof Announcement>

const OfGroup = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const One = Type.Object({ ...OfGroup.properties, id: Id })
const Empty = Type.Object({})

export const announcementCalls = define({
  listAnnouncements: {
    method: 'GET',
    path: '/api/groups/:slug/announcements',
    params: OfGroup,
    response: Type.Object({
      /** Newest first. */
      announcements: Type.Array(Announcement),
      /** I want no mail about them. */
      muted: Type.Boolean(),
    }),
    summary: 'What was announced in a group, newest first',
  },
  announce: {
    method: 'POST',
    path: '/api/groups/:slug/announcements',
    params: OfGroup,
    body: AnnouncementDraft,
    response: Announcement,
    summary: 'Say something to everybody in the group, on its page and by mail',
  },
  editAnnouncement: {
    method: 'PUT',
    path: '/api/groups/:slug/announcements/:id',
    params: One,
    body: Type.Omit(AnnouncementDraft, ['id']),
    response: Announcement,
    summary: 'Change an announcement on the page; nobody is mailed again',
  },
  withdrawAnnouncement: {
    method: 'DELETE',
    path: '/api/groups/:slug/announcements/:id',
    params: One,
    response: Empty,
    summary: 'Take an announcement back; what was mailed stays mailed',
  },
  muteAnnouncements: {
    method: 'PUT',
    path: '/api/groups/:slug/announcements/mute',
    params: OfGroup,
    body: Type.Object({ muted: Type.Boolean() }),
    response: Empty,
    summary: 'Whether I get mail about announcements of a group',
  },
})
