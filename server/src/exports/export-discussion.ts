import { asc, eq } from 'drizzle-orm'
import { chapters } from '#db/schema.ts'
import type { House } from '../house.ts'
import { getDiscussion } from '../threads/get-discussion.ts'
import type { Log } from '../threads/guards.ts'
import type { DiscussionReader } from './guards.ts'
import { readableThreads } from './readable.ts'
import { toAnnotations } from './write-annotations.ts'
import { writeEpisodeThreads, writeGroupThreads } from './write-discussion.ts'

/** What was said about an episode, as Markdown. */
export async function exportDiscussion(house: House, reader: DiscussionReader): Promise<string> {
  const { member, episode, log } = reader
  const named = await house.db
    .select({ start: chapters.start, title: chapters.title })
    .from(chapters)
    .where(eq(chapters.episodeId, episode.id))
    .orderBy(asc(chapters.start), asc(chapters.position))
  return writeEpisodeThreads(
    {
      title: episode.title,
      from: [episode.showTitle ?? '', member.group.name].filter(Boolean),
      page: pageOf(house, reader),
      zone: member.group.zone,
      writtenAt: house.now(),
    },
    named,
    readableThreads(await getDiscussion(house, log)),
  )
}

/** The same as W3C Web Annotations. */
export async function exportAnnotations(house: House, reader: DiscussionReader): Promise<string> {
  const { member, episode, log } = reader
  const collection = toAnnotations(
    {
      id: `${house.config.origin}/api/groups/${member.group.slug}/episodes/${episode.id}/annotations.jsonld`,
      label: `What ${member.group.name} says about ${episode.title}`,
      page: pageOf(house, reader),
      audio: episode.audioUrl,
    },
    readableThreads(await getDiscussion(house, log)),
  )
  return `${JSON.stringify(collection, null, 2)}\n`
}

/** The threads of a group that belong to no episode. */
export async function exportGroupThreads(house: House, log: Log): Promise<string> {
  const { group } = log.member
  return writeGroupThreads(
    {
      title: `Threads of ${group.name}`,
      from: [],
      page: `${house.config.origin}/groups/${group.slug}/threads`,
      zone: group.zone,
      writtenAt: house.now(),
    },
    readableThreads(await getDiscussion(house, log)),
  )
}

const pageOf = ({ config }: House, { member, episode }: DiscussionReader): string =>
  `${config.origin}/groups/${member.group.slug}/episodes/${episode.id}`
