import { createContext } from 'svelte'
import { client } from '#lib/api.ts'
import { RoomConnection } from '#lib/rooms/follow-room.ts'
import { NONE_UNREAD, sumOf, type GroupUnread, type UnreadCount, type UnreadRoom } from '#shared/unread.ts'

/** Nothing is asked more often than this while one goes from page to page. */
const FRESH_FOR = 15_000
/** Several things that were read elsewhere are asked for once. */
const LOOK_AFTER = 1_000

/**
 * What I have not read in a group, for its menu and its lists: as it was loaded, as an open page counts it while it
 * goes on, and asked again when one comes back to a page.
 */
export class UnreadCounts {
  #slug = ''
  #loaded: GroupUnread = { rooms: [], position: { number: 0, epoch: '' }, marks: 0 }
  #rooms: Readonly<Record<string, UnreadRoom>> = $state.raw({})
  #asked = 0
  #waiting: ReturnType<typeof setTimeout> | undefined

  /** The counts of a group as they were loaded. */
  show(slug: string, loaded: GroupUnread): void {
    this.#slug = slug
    this.#take(loaded)
  }

  /** Whether the page itself hears what I read, and counts it here: then nobody else needs to listen. */
  heardByPage = $state(false)

  /** Hears on a page that follows nothing what I read elsewhere, and what is new in the group's own threads. */
  follow(groupId: string): () => void {
    const { position, marks } = this.#loaded
    return new RoomConnection({
      roomId: groupId,
      position,
      marks,
      hear: this.lookSoon,
      mark: this.lookSoon,
      reload: async () => {
        await this.#fetch()
        return this.#loaded.position
      },
    }).start()
  }

  /** In an episode, or under the id of the group in its own threads. */
  of(roomId: string): UnreadCount {
    return this.#rooms[roomId] ?? NONE_UNREAD
  }

  /** In all episodes together: everything but the group's own threads. */
  inEpisodes(groupId: string): UnreadCount {
    return sumOf(Object.values(this.#rooms).filter(({ roomId }) => roomId !== groupId))
  }

  /** When I last read something there, before this page. */
  since(roomId: string): string | null {
    return this.#rooms[roomId]?.since ?? null
  }

  #take(loaded: GroupUnread): void {
    this.#loaded = loaded
    const { rooms } = loaded
    this.#rooms = Object.fromEntries(rooms.map((room) => [room.roomId, room]))
    this.#asked = Date.now()
  }

  /** What an open page counts itself. */
  set(roomId: string, count: UnreadCount): void {
    const before = this.#rooms[roomId]
    if ((before?.posts ?? 0) === count.posts && (before?.threads ?? 0) === count.threads) return
    this.#rooms = { ...this.#rooms, [roomId]: { ...count, roomId, since: before?.since ?? null } }
  }

  /** Asks again soon: something was read elsewhere. */
  readonly lookSoon = (): void => {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => void this.#look(), LOOK_AFTER)
  }

  /** Asks again unless it was asked just now. */
  readonly look = (): void => {
    if (document.visibilityState === 'visible' && Date.now() - this.#asked > FRESH_FOR) void this.#look()
  }

  /** Asks now: something was done here. */
  lookNow(): Promise<void> {
    return this.#look()
  }

  async #look(): Promise<void> {
    // Numbers in a menu: what did not come is brought by the next look.
    await this.#fetch().catch(() => undefined)
  }

  async #fetch(): Promise<void> {
    this.#asked = Date.now()
    const slug = this.#slug
    const loaded = await client().countUnreadInGroup({ params: { slug } })
    if (slug === this.#slug) this.#take(loaded)
  }
}

/** The counts of the group that a page belongs to; there are none outside of groups. */
export const [useUnreadCounts, setUnreadCounts] = createContext<UnreadCounts>()
