import { Refusal } from '#shared/refusals.ts'
import type { Feed } from '../episodes/feed.ts'
import { askOutside, type Answer } from '../episodes/fetch-outside.ts'
import { readAnswer, readFeedAt, sayNoFeed } from '../episodes/read-feed-at.ts'
import type { House } from '../house.ts'
import type { ShowRow } from './guards.ts'

/** What a feed gave, and where it wants to be asked from now on. */
export type Asked = {
  /** Nothing when it is still what we have. */
  feed: Feed | null
  feedUrl: string
  etag: string | null
  lastModified: string | null
}

const reachOf = (house: House) => ({ allow: house.config.feedNetworks })

/** The feed at an address that somebody pasted: of a feed, or of a page that names one. */
export async function findFeed(house: House, url: string): Promise<Asked & { feed: Feed }> {
  const { feed, answer, asked } = await readFeedAt(url, reachOf(house))
  return (await moveOn(house, feed, answer.url)) ?? asAsked(feed, answer, asked)
}

/** Asks the feed of a show whether there is something new. @throws Refusal when it can't be read. */
export async function askFeed(house: House, show: ShowRow): Promise<Asked> {
  const answer = await askOutside(show.feedUrl, reachOf(house), show)
  if (answer.body === null)
    return {
      feed: null,
      feedUrl: answer.movedTo ?? show.feedUrl,
      etag: answer.etag ?? show.etag,
      lastModified: answer.lastModified ?? show.lastModified,
    }
  const feed = await readAnswer(answer)
  if ('problem' in feed)
    throw new Refusal(
      'invalid',
      feed.problem === 'page'
        ? `There is a web page now where the feed was (${new URL(answer.url).hostname}). Look on it for the new address of the feed.`
        : sayNoFeed(feed),
      'url',
    )
  return (await moveOn(house, feed, show.feedUrl, answer.url)) ?? asAsked(feed, answer, show.feedUrl)
}

/** Where `itunes:new-feed-url` leads, when there is a feed that says that it stays. */
async function moveOn(
  house: House,
  feed: Feed,
  ...known: string[]
): Promise<(Asked & { feed: Feed }) | undefined> {
  if (feed.newUrl === null || known.includes(feed.newUrl)) return undefined
  try {
    const answer = await askOutside(feed.newUrl, reachOf(house))
    const other = await readAnswer(answer)
    const stays =
      'problem' in other ? false : other.newUrl === null || [feed.newUrl, answer.url].includes(other.newUrl)
    return stays && !('problem' in other) ? asAsked(other, answer, feed.newUrl) : undefined
  } catch (problem) {
    // The old address still works: nothing is lost yet.
    if (problem instanceof Refusal) return undefined
    throw problem
  }
}

const asAsked = (feed: Feed, { movedTo, etag, lastModified }: Answer, asked: string) => ({
  feed,
  feedUrl: movedTo ?? asked,
  etag,
  lastModified,
})
