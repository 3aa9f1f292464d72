import { randomUUID } from 'node:crypto'
import { mentionOf } from '#shared/mentions.ts'
import { canary } from './canary.ts'
import type { World } from './privacy-world.ts'

/**
 * What belongs to posts: the facilitator quotes some words of the member, mentions them, and changes the post. The member
 * says something about it.
 * @returns the post that mentions the member
 */
export async function quoteAndMention(
  { member, facilitator }: Pick<World['people'], 'member' | 'facilitator'>,
  params: { slug: string; threadId: string },
): Promise<string> {
  const [sourceId, mentionedId] = [randomUUID(), randomUUID()]
  await member.api.reply({
    params,
    body: { postId: sourceId, body: `${canary('quoted words')} and more` },
  })
  await facilitator.api.reply({
    params,
    body: {
      postId: mentionedId,
      body: `${mentionOf(member.id)} ${canary('earlier words')}`,
      quote: { postId: sourceId, words: canary('quoted words') },
    },
  })
  await facilitator.api.editPost({
    params: { ...params, postId: mentionedId },
    body: { body: `${mentionOf(member.id)} ${canary('changed words')}`, revision: 0 },
  })
  await member.api.react({ params: { ...params, postId: mentionedId, kind: 'tried-it' } })
  return mentionedId
}
