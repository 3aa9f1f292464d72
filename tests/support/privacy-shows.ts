import { eq } from 'drizzle-orm'
import { artworks, episodes, importedItems, showItems, shows } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { showCalls } from '#shared/shows.ts'
import { randomUUID } from 'node:crypto'
import { canary } from './canary.ts'
import type { TestHouse } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { facilitators, members } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

const SHOW = '5f0a7c1e-0000-4000-8000-000000000001'
/** One that nobody chose yet, and one that became the episode. */
const [CHOICE, CHOSEN] = ['5f0a7c1e-0000-4000-8000-000000000002', '5f0a7c1e-0000-4000-8000-000000000003']
const at = (what: string) => `https://shows.example.org/${canary(what)}`

/** The circle follows a show, and its episode came from there; the feed has a newer text since. */
export async function followAShow(
  { house }: TestHouse,
  { groupId, episodeId, by }: { groupId: string; episodeId: string; by: string },
): Promise<void> {
  const now = house.now()
  await house.db.insert(shows).values({
    ...{ id: SHOW, groupId, feedUrl: at('feed url'), guid: canary('show guid') },
    ...{ title: canary('followed show'), artworkUrl: at('show picture'), language: canary('show language') },
    ...{ followedBy: by, followedAt: now, checkedAt: now, readAt: now, nextCheckAt: now },
    ...{ etag: canary('feed etag'), lastModified: canary('feed modified') },
    ...{ failures: 1, failingSince: now, problem: canary('feed problem') },
  })
  const item = (id: string, what: string) => ({
    ...{ id, groupId, showId: SHOW, key: `${canary('item guid')} ${what}`, title: canary('item title') },
    ...{ audioUrl: at('item audio'), hasTranscript: false, hasChapters: false, mark: canary('item mark') },
    ...{ appearedAt: now, fromStart: true },
    entry: {
      ...{ id: what, title: canary('item title'), publishedAt: null, duration: null, audioUrl: null },
      ...{ pageUrl: null, artworkUrl: null, notes: canary('item notes'), people: [], transcripts: [] },
      ...{ chaptersUrl: null, chapters: [], mark: '' },
    },
  })
  await house.db.insert(showItems).values([item(CHOICE, 'choice'), item(CHOSEN, 'chosen')])
  await house.db
    .insert(importedItems)
    .values({ groupId, episodeId, itemId: CHOSEN, mark: canary('imported mark') })
  await house.db.insert(artworks).values({ groupId, url: at('picture url'), wantedAt: now })
  await house.db
    .update(episodes)
    .set({ artworkUrl: at('episode picture') })
    .where(eq(episodes.id, episodeId))
}

const ofShow = ({ slug }: World) => ({ slug, showId: SHOW })
const ofChoice = (world: World) => ({ ...ofShow(world), itemId: CHOICE })
const ofChosen = (world: World) => ({ ...ofShow(world), itemId: CHOSEN })
const INSIDE = 'http://127.0.0.1/feed'
/** Only whether somebody may ask at all: an address of our own network is refused. */
const refused = { ...facilitators, facilitator: 'invalid', organizer: 'invalid' } as const

type Calls = typeof showCalls

export const SHOW_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  listShows: { says: members, ask: ({ slug }) => ({ params: { slug } }) },
  getShow: { says: members, ask: (world) => ({ params: ofShow(world) }) },
  followShow: {
    says: refused,
    ask: ({ slug }) => ({ params: { slug }, body: { id: randomUUID(), url: INSIDE } }),
  },
  changeShowAddress: { says: refused, ask: (world) => ({ params: ofShow(world), body: { url: INSIDE } }) },
  lookAtShow: {
    // Its feed was asked a moment ago.
    says: { ...facilitators, facilitator: 'too-many', organizer: 'too-many' },
    ask: (world) => ({ params: ofShow(world), body: {} }),
  },
  stopFollowing: { says: facilitators, ask: (world) => ({ params: ofShow(world) }) },
  previewShowItem: { says: members, ask: (world) => ({ params: ofChoice(world), body: {} }) },
  importShowItem: {
    says: members,
    ask: (world) => ({ params: ofChoice(world), body: { id: randomUUID() } }),
  },
  dismissShowItem: {
    says: facilitators,
    ask: (world) => ({ params: ofChoice(world), body: { dismissed: true } }),
  },
  settleShowItem: {
    says: facilitators,
    ask: (world) => ({ params: ofChosen(world), body: { mark: 'looked at' } }),
  },
  getEpisodeOrigin: {
    says: members,
    ask: ({ slug, episodeId }) => ({ params: { slug, episodeId } }),
  },
}
