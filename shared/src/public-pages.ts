import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Sessions ahead that the page of a group, its RSS feed and its structured data name. */
export const SESSIONS_TOLD = 20
/** Days that a session which is over keeps its page. */
export const OVER_STAYS = 60
export const SHORTEST_PAGE_SLUG = 3
export const LONGEST_PAGE_SLUG = 40
export const LONGEST_ABOUT = 1000
/** Groups and sessions on the page of an organizer. */
export const GROUPS_ON_PAGE = 30
export const SESSIONS_ON_PAGE = 10

/** The page of one session, for people who are not in the group. */
export const sessionPage = (slug: string, sessionId: string) => `/groups/${slug}/next/${sessionId}`
/** That session as a file for calendars. */
export const publicSessionFile = (slug: string, sessionId: string) =>
  `/calendar/groups/${slug}/${sessionId}.ics`
export const groupRss = (slug: string) => `/groups/${slug}/feed.xml`
/** The next session in a frame, for other people's pages. */
export const groupEmbed = (slug: string) => `/embed/groups/${slug}`
export const organizerPage = (pageSlug: string) => `/organizers/${pageSlug}`

/** The pictures that links are shown with elsewhere. */
export const HOME_PICTURE = '/preview.png'
export const groupPicture = (slug: string) => `/groups/${slug}/preview.png`
export const sessionPicture = (slug: string, sessionId: string) =>
  `${sessionPage(slug, sessionId)}/preview.png`
export const organizerPicture = (pageSlug: string) => `${organizerPage(pageSlug)}/preview.png`
export const PICTURE_WIDTH = 1200
export const PICTURE_HEIGHT = 630

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer()
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()

/** A session as people who are not in the group may know it. Neither its room nor its online link is told. */
export const PublicSession = Type.Object({
  id: Uuid,
  title: Text,
  /** What it is for, in the words of its template. */
  purpose: Text,
  template: orNull(Type.Object({ id: Text, title: Text })),
  startsAt: Instant,
  endsAt: Instant,
  state: Type.Enum(['ahead', 'now', 'over', 'cancelled']),
  /** When it would have been by the rule of its series, where it was moved. */
  movedFrom: orNull(Instant),
  city: orNull(Text),
  venue: orNull(Text),
  address: orNull(Text),
  accessNotes: Text,
  online: Type.Boolean(),
  /** Whether somebody who is not in the group may come to this one. */
  takesGuests: Type.Boolean(),
  /** How many can come, and how many of these places are free; none: whoever is in the group. */
  places: orNull(Type.Object({ all: Count, free: Count, waiting: Count })),
})
export type PublicSession = Static<typeof PublicSession>

/** Somebody who organizes the group, and their public page if they have one. */
const Organizer = Type.Object({ name: Text, page: orNull(Text) })

/** What the page of a group adds for everybody: what is coming up, and who organizes. */
export const Agenda = Type.Object({
  /** The whole address of its page. */
  address: Text,
  sessions: Type.Array(PublicSession),
  organizers: Type.Array(Organizer),
})
export type Agenda = Static<typeof Agenda>

/** One session on a page of its own. */
export const SessionPage = Type.Object({
  address: Text,
  session: PublicSession,
  organizers: Type.Array(Organizer),
})
export type SessionPage = Static<typeof SessionPage>

/** What an organizer says about themselves, and what their public groups do. */
export const OrganizerPage = Type.Object({
  address: Text,
  name: Text,
  about: Text,
  groups: Type.Array(
    Type.Object({
      slug: Text,
      name: Text,
      purpose: Text,
      city: orNull(Text),
      online: Type.Boolean(),
      memberCount: Count,
      places: Count,
    }),
  ),
  sessions: Type.Array(
    Type.Object({
      id: Uuid,
      title: Text,
      startsAt: Instant,
      endsAt: Instant,
      /** Of its group. */
      zone: Text,
      group: Type.Object({ slug: Text, name: Text }),
    }),
  ),
  /** Sessions of these groups that were held. */
  held: Count,
  /** People who came to speak, by the names they gave. */
  guests: Type.Array(Type.Object({ name: Text, title: Text, on: Instant })),
})
export type OrganizerPage = Static<typeof OrganizerPage>

const PageSlug = Type.String({
  minLength: SHORTEST_PAGE_SLUG,
  maxLength: LONGEST_PAGE_SLUG,
})
export const MyPageDraft = Type.Object({ slug: PageSlug, about: Type.String({ maxLength: LONGEST_ABOUT }) })
export type MyPageDraft = Static<typeof MyPageDraft>

/** My own page: what is open to everybody, or would be. */
export const MyPage = Type.Object({
  /** The end of its address; none: there is no page. */
  slug: orNull(Text),
  /** One that is free, made from my name. */
  suggested: Text,
  /** What it begins with. */
  root: Text,
  preview: OrganizerPage,
})
export type MyPage = Static<typeof MyPage>

/** Small letters, digits and hyphens between them. */
export const isPageSlug = (text: string): boolean =>
  text.length >= SHORTEST_PAGE_SLUG &&
  text.length <= LONGEST_PAGE_SLUG &&
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

const OfGroup = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const OfSession = Type.Object({ ...OfGroup.properties, sessionId: Uuid })
const OfOrganizer = Type.Object({ slug: Type.String({ maxLength: 80 }) })

export const publicPageCalls = define({
  readAgenda: {
    method: 'GET',
    path: '/api/groups/:slug/agenda',
    params: OfGroup,
    response: Agenda,
    summary: 'Sessions ahead of a public or unlisted group, and who organizes it',
  },
  readSessionPage: {
    method: 'GET',
    path: '/api/groups/:slug/agenda/:sessionId',
    params: OfSession,
    response: SessionPage,
    summary: 'One session of a public or unlisted group, as everybody may know it',
  },
  readOrganizerPage: {
    method: 'GET',
    path: '/api/organizers/:slug',
    params: OfOrganizer,
    response: OrganizerPage,
    summary: 'The public page of somebody who organizes groups and wants one',
  },
  readMyPage: {
    method: 'GET',
    path: '/api/me/page',
    response: MyPage,
    summary: 'My public page as an organizer, and exactly what everybody would read there',
  },
  openMyPage: {
    method: 'PUT',
    path: '/api/me/page',
    body: MyPageDraft,
    response: MyPage,
    summary: 'Open my public page, or change it',
  },
  closeMyPage: {
    method: 'DELETE',
    path: '/api/me/page',
    response: MyPage,
    summary: 'Take my public page away at once, with its address and its words',
  },
})
