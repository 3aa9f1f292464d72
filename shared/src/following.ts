import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** How much somebody hears by mail of what is said: every post, a digest, only when they are mentioned, or nothing. */
export const LEVELS = ['every', 'digest', 'mentions', 'nothing'] as const
export const Level = Type.Enum([...LEVELS])
export type Level = Static<typeof Level>

/** How often a digest comes. */
export const RHYTHMS = ['weekly', 'daily'] as const
export const DigestRhythm = Type.Enum([...RHYTHMS])
export type DigestRhythm = Static<typeof DigestRhythm>

/** How many threads a digest tells of; of the others it says how many there are. */
export const DIGEST_SIZES = [5, 10, 20] as const
export const DigestSize = Type.Union([Type.Literal(5), Type.Literal(10), Type.Literal(20)])

/** What a member hears of the threads of a group. */
export const Following = Type.Object({
  level: Level,
  /** Of threads that I started or wrote in. */
  mine: Level,
  digest: DigestRhythm,
  most: DigestSize,
})
export type Following = Static<typeof Following>

/** What somebody hears who has said nothing. */
export const DEFAULT_FOLLOWING: Following = { level: 'digest', mine: 'every', digest: 'weekly', most: 5 }

/** What somebody hears of a thread: what they said about it, else what they said about theirs, else about the group. */
export const levelOf = (
  { level, mine }: Pick<Following, 'level' | 'mine'>,
  thread: Level | null,
  wroteInIt: boolean,
): Level => thread ?? (wroteInIt ? mine : level)

/** Whether a post is told of in this way at this level. */
export const isToldOf = (level: Level, way: 'soon' | 'digest', mentioned: boolean): boolean => {
  if (level === 'nothing') return false
  if (way === 'soon') return level === 'every' || mentioned
  return level === 'digest' && !mentioned
}

/** The first hour of the day, by the clock of the group, at which a digest comes, and the last at which a late one does. */
export const DIGEST_FROM = 8
export const DIGEST_UNTIL = 20

/** What is said at once is gathered: a letter leaves when nothing came for so long, or when the first has waited so long. */
export const QUIET_FOR = 10 * 60_000
export const LONGEST_WAIT = 60 * 60_000

/** Whether what was gathered leaves now. */
export const isGathered = (oldest: Date, newest: Date, now: Date): boolean =>
  now.getTime() - newest.getTime() >= QUIET_FOR || now.getTime() - oldest.getTime() >= LONGEST_WAIT

const OfGroup = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const OfThread = Type.Object({
  slug: Type.String({ maxLength: 80 }),
  threadId: Type.String({ format: 'uuid' }),
})
const OfLink = Type.Object({ token: Type.String({ maxLength: 200 }) })

/** What I hear of one thread. */
export const ThreadFollowing = Type.Object({
  /** What I said about this thread; null when what I said about the group holds. */
  own: Nullable(Level),
  /** What I hear of it. */
  level: Level,
  /** What I would hear if I had said nothing about it. */
  otherwise: Level,
})
export type ThreadFollowing = Static<typeof ThreadFollowing>

/** What the link of a letter shows: no more than the letter said. */
export const FollowingLink = Type.Object({
  groupName: Type.String(),
  /** Nothing is mailed any more. */
  stopped: Type.Boolean(),
})
export type FollowingLink = Static<typeof FollowingLink>

export const followingCalls = define({
  getFollowing: {
    method: 'GET',
    path: '/api/groups/:slug/following',
    params: OfGroup,
    response: Type.Interface([Following], { digestedAt: Nullable(Instant) }),
    summary: 'What I hear by mail of the threads of a group, and when its last digest came',
  },
  changeFollowing: {
    method: 'PUT',
    path: '/api/groups/:slug/following',
    params: OfGroup,
    body: Following,
    response: Following,
    summary: 'Say what I hear by mail of the threads of a group',
  },
  getThreadFollowing: {
    method: 'GET',
    path: '/api/groups/:slug/following/threads/:threadId',
    params: OfThread,
    response: ThreadFollowing,
    summary: 'What I hear by mail of one thread',
  },
  followThread: {
    method: 'PUT',
    path: '/api/groups/:slug/following/threads/:threadId',
    params: OfThread,
    body: Type.Object({ level: Nullable(Level) }),
    response: ThreadFollowing,
    summary: 'Say what I hear of one thread; null means what holds for the group',
  },
  readFollowingLink: {
    method: 'GET',
    path: '/api/following-links/:token',
    params: OfLink,
    response: FollowingLink,
    summary: 'Look at what the link of a letter would stop; that stops nothing',
  },
  stopByLink: {
    method: 'POST',
    path: '/api/following-links/:token',
    params: OfLink,
    body: Type.Object({}),
    response: FollowingLink,
    summary: 'Stop the letters about the threads of a group, without signing in',
  },
})
