import { randomUUID } from 'node:crypto'
import { chapters, episodes, groups, memberships, rooms } from '#db/schema.ts'
import type { Config } from '#server/config.ts'
import { openHouse, type TestHouse, type TestPerson } from './house.ts'

type Role = 'organizer' | 'facilitator' | 'member'

/** The Tuesday circle: Ada facilitates, Ben and Cleo are members, Zoe belongs to no group. Its clock is Berlin's. */
export type Circle = TestHouse & {
  slug: string
  groupId: string
  ada: TestPerson
  ben: TestPerson
  cleo: TestPerson
  zoe: TestPerson
  join: (name: string, role?: Role) => Promise<TestPerson>
  /** An episode of the circle with chapters at these seconds. */
  addEpisode: (titles?: string[]) => Promise<string>
}

export async function openCircle(
  more: Partial<typeof groups.$inferInsert> = {},
  settings: Partial<Config> = {},
  log?: { write: (line: string) => void },
): Promise<Circle> {
  const house = await openHouse({ settings, ...(log ? { log } : {}) })
  const { db } = house.house
  const slug = `circle-${randomUUID().slice(0, 8)}`
  const groupId = randomUUID()
  await db.insert(groups).values({
    id: groupId,
    slug,
    name: 'Tuesday circle',
    kind: 'internal',
    visibility: 'private',
    admission: 'invite-only',
    rhythm: 'weekly',
    zone: 'Europe/Berlin',
    places: 8,
    room: 'Room Elbe',
    ...more,
  })
  await db.insert(rooms).values({ id: groupId, groupId, kind: 'group' })
  const join = async (name: string, role: Role = 'member') => {
    const someone = await house.person(name)
    await db.insert(memberships).values({ groupId, accountId: someone.id, role, status: 'active' })
    return someone
  }
  return {
    ...house,
    slug,
    groupId,
    join,
    ada: await join('Ada', 'facilitator'),
    ben: await join('Ben'),
    cleo: await join('Cleo'),
    zoe: await house.person('Zoe'),
    addEpisode: async (titles = ['Welcome', 'The first dip', 'Asking for help', 'What stays']) => {
      const id = randomUUID()
      await db.insert(episodes).values({ id, groupId, title: 'Influence at any level', duration: 2400 })
      await db.insert(rooms).values({ id, groupId, kind: 'episode' })
      await db.insert(chapters).values(
        titles.map((title, position) => ({
          groupId,
          episodeId: id,
          position,
          title,
          start: position * 600,
        })),
      )
      return id
    },
  }
}
