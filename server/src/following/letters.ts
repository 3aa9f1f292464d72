import type { Following } from '#shared/following.ts'
import { pathOfPost } from '#shared/thread-links.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'
import { arrangeDigest, arrangePosts } from './arrange-news.ts'
import type { FollowingRow } from './following-of.ts'
import type { News } from './read-news.ts'

/** How many posts one letter spells out. */
const MOST_POSTS_SHOWN = 20

type To = { name: string; email: string }

/** What was said lately, post by post. */
export function postsLetter(
  house: House,
  group: GroupRow,
  row: FollowingRow,
  to: To,
  news: readonly News[],
): Letter {
  const { parts, more } = arrangePosts(news, MOST_POSTS_SHOWN, linkTo(house, group))
  return {
    to: to.email,
    subject: `${group.name}: ${count(news.length, 'new post')}`,
    paragraphs: [`Hello ${to.name},`, `This was said in ${group.name}:`],
    parts,
    ...(more > 0 ? { action: readThere(house, group, `Read ${count(more, 'more post')} there`) } : {}),
    footer: `You get this because you want to hear of these threads of ${group.name} soon. What was said within some minutes comes in one letter. ${howToChange(house, group)}`,
    stop: stopOf(house, row),
  }
}

/** What is new since the last digest, by episode and chapter. */
export function digestLetter(
  house: House,
  group: GroupRow,
  row: FollowingRow,
  to: To,
  said: Following,
  news: readonly News[],
): Letter {
  const { parts, threads, more } = arrangeDigest(news, said.most, linkTo(house, group))
  const when = said.digest === 'daily' ? 'today' : 'this week'
  return {
    to: to.email,
    subject: `${group.name} ${when}: ${count(threads, 'thread')} with something new`,
    paragraphs: [
      `Hello ${to.name},`,
      `${count(news.length, 'post')} in ${group.name} ${news.length === 1 ? 'is' : 'are'} new to you.`,
    ],
    parts,
    action: readThere(
      house,
      group,
      more > 0 ? `Look at ${count(more, 'more thread')} with something new` : `Open ${group.name}`,
    ),
    footer: `You get this ${said.digest === 'daily' ? 'every day' : 'once a week'} when something is new in ${group.name}. ${howToChange(house, group)}`,
    stop: stopOf(house, row),
  }
}

const readThere = ({ config }: House, { slug }: GroupRow, label: string) => ({
  label,
  url: `${config.origin}/groups/${slug}`,
})

const linkTo =
  ({ config }: House, { slug }: GroupRow) =>
  ({ threadId, episode, postId }: News): string =>
    `${config.origin}${pathOfPost(slug, { id: threadId, episodeId: episode?.id ?? null }, postId)}`

const howToChange = ({ config }: House, { slug }: GroupRow): string =>
  `Choose what you hear: ${config.origin}/groups/${slug}/following`

function stopOf({ config, links }: House, { id }: FollowingRow): Letter['stop'] {
  const token = links.sign('following', id)
  return { page: `${config.origin}/stop/${token}`, press: `${config.origin}/mail/stop/${token}` }
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`
