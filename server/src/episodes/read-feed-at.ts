import { Refusal } from '#shared/refusals.ts'
import type { Feed, NoFeed } from './feed.ts'
import { askOutside, readAddress, textOf, type Answer, type Reach } from './fetch-outside.ts'
import { readInWorker } from './read-in-worker.ts'

/** A feed, and what the server that gave it said about it. */
export type FeedAt = {
  feed: Feed
  answer: Answer
  /** The address of the feed that was asked: not the page's, and before any redirect. */
  asked: string
}

/**
 * The feed at an address, or the one that the page at this address names.
 * @param only the id of the one item to give.
 * @throws Refusal with the sentence that says what to do.
 */
export async function readFeedAt(url: string, reach: Reach, only?: string): Promise<FeedAt> {
  const answer = await askOutside(url, reach)
  const read = await readAnswer(answer, only)
  if (!('problem' in read)) return { feed: read, answer, asked: readAddress(url).href }
  const named =
    read.problem === 'page' && read.feedUrl ? URL.parse(read.feedUrl, answer.url)?.href : undefined
  if (!named) throw new Refusal('invalid', sayNoFeed(read), 'url')
  const other = await askOutside(named, reach)
  const feed = await readAnswer(other, only)
  // A page that names a page is no way to a feed.
  if ('problem' in feed) throw new Refusal('invalid', sayNoFeed(feed), 'url')
  return { feed, answer: other, asked: named }
}

export const readAnswer = ({ body, contentType, url }: Answer, only?: string): Promise<Feed | NoFeed> =>
  readInWorker({ kind: 'feed', text: textOf(body ?? Buffer.alloc(0), contentType, url), item: only })

export function sayNoFeed({ problem }: NoFeed): string {
  switch (problem) {
    case 'page':
      return 'That is a web page, not a podcast feed, and it names none. Look on it for a link called RSS or Feed, and paste the address of that link.'
    case 'doctype':
      return 'This feed holds a DOCTYPE, which we do not read because it can be used to do harm. Paste the show notes instead.'
    case 'deep':
      return 'This feed is nested deeper than any podcast feed needs to be, so we do not read it. Paste the show notes instead.'
    case 'many':
      return 'This feed lists more than 20,000 episodes, which no show has, so we do not read it. Paste the show notes instead.'
    case 'unknown':
      return 'There is something at this address, but it is no podcast feed. Look on the show’s page for a link called RSS or Feed.'
  }
}
