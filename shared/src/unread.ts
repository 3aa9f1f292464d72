import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Position, ReadMark } from './rooms.ts'
import { MOST_POSTS } from './threads.ts'

const Id = Type.String({ format: 'uuid' })
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** How many posts I have not read, and in how many threads. */
export const UnreadCount = Type.Object({ threads: Type.Integer(), posts: Type.Integer() })
export type UnreadCount = Static<typeof UnreadCount>

/** What I have not read in one log. `roomId` is the id of the episode, or of the group for its own threads. */
export const UnreadRoom = Type.Interface([UnreadCount], {
  roomId: Id,
  /** When I last read something there. */
  since: Nullable(Type.String({ format: 'date-time' })),
})
export type UnreadRoom = Static<typeof UnreadRoom>

/** What I have not read in a group, and where its own log and my marks stood: whoever follows from there misses nothing. */
export const GroupUnread = Type.Object({
  rooms: Type.Array(UnreadRoom),
  position: Position,
  /** My last read mark, anywhere. */
  marks: Type.Integer(),
})
export type GroupUnread = Static<typeof GroupUnread>

export const NONE_UNREAD: UnreadCount = { threads: 0, posts: 0 }

/** What there is in some logs together. */
export const sumOf = (counts: readonly UnreadCount[]): UnreadCount =>
  counts.reduce(
    (sum, { threads, posts }) => ({ threads: sum.threads + threads, posts: sum.posts + posts }),
    NONE_UNREAD,
  )

const InGroup = Type.Object({ slug: Type.String() })
const InEpisode = Type.Object({ slug: Type.String(), episodeId: Id })
const InThread = Type.Object({ slug: Type.String(), threadId: Id })
const Marks = Type.Object({ marks: Type.Array(ReadMark) })

export const unreadCalls = define({
  countUnread: {
    method: 'GET',
    path: '/api/me/unread',
    response: Type.Array(Type.Interface([UnreadCount], { groupId: Id })),
    summary: 'How much I have not read in each of my groups; those with nothing new are left out',
  },
  countUnreadInGroup: {
    method: 'GET',
    path: '/api/groups/:slug/unread',
    params: InGroup,
    response: GroupUnread,
    summary: 'How much I have not read in each episode of a group and in its own threads',
  },
  markUnread: {
    method: 'PUT',
    path: '/api/groups/:slug/threads/:threadId/unread',
    params: InThread,
    body: Type.Object({ from: Type.Integer({ minimum: 1, maximum: MOST_POSTS }) }),
    response: ReadMark,
    summary: 'From this post of a thread on, everything of others is unread again',
  },
  markEpisodeRead: {
    method: 'PUT',
    path: '/api/groups/:slug/episodes/:episodeId/read',
    params: InEpisode,
    response: Marks,
    summary: 'Everything that is there in the threads of an episode was read',
  },
  markGroupThreadsRead: {
    method: 'PUT',
    path: '/api/groups/:slug/threads/read',
    params: InGroup,
    response: Marks,
    summary: 'Everything that is there in the threads of the group itself was read',
  },
  markGroupRead: {
    method: 'PUT',
    path: '/api/groups/:slug/read',
    params: InGroup,
    response: Type.Object({}),
    summary: 'Everything that is there in a group was read',
  },
})
