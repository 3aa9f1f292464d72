import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accounts, mentions, postQuotes, postReactions, posts } from '#db/schema.ts'
import { mentionedIn, type Person } from '#shared/mentions.ts'
import { NO_PARTS, type PostParts, type Quote, type Reaction } from '#shared/post-parts.ts'
import { REACTIONS, type ReactionKind } from '#shared/words.ts'

const source = alias(posts, 'source')
const mentioned = alias(accounts, 'mentioned')
const reacting = alias(accounts, 'reacting')

type Said = Person & { kind: ReactionKind }

/** What belongs to a post, as columns of a query over `posts`: one question to the database, however many posts. */
export const partColumns = {
  mentions: sql<Person[]>`(
    select coalesce(json_agg(json_build_object('id', ${mentioned.id}, 'name', ${mentioned.name}) order by ${mentioned.id}), '[]')
    from ${mentions} inner join ${accounts} ${sql.identifier('mentioned')} on ${eq(mentioned.id, mentions.accountId)}
    where ${eq(mentions.postId, posts.id)}
  )`.as('mentions'),
  quote: sql<Quote | null>`(
    select json_build_object('postId', ${postQuotes.quotesId}, 'words', ${postQuotes.words})
    from ${postQuotes} inner join ${posts} ${sql.identifier('source')} on ${eq(source.id, postQuotes.quotesId)}
    where ${and(eq(postQuotes.postId, posts.id), isNull(source.withdrawnAt), isNull(source.hiddenAt))}
  )`.as('quote'),
  reactions: sql<Said[]>`(
    select coalesce(json_agg(
      json_build_object('kind', ${postReactions.kind}, 'id', ${reacting.id}, 'name', ${reacting.name})
      order by ${asc(postReactions.reactedAt)}, ${asc(reacting.id)}
    ), '[]')
    from ${postReactions} inner join ${accounts} ${sql.identifier('reacting')} on ${eq(reacting.id, postReactions.accountId)}
    where ${eq(postReactions.postId, posts.id)}
  )`.as('reactions'),
}

type Row = { revision: number; body: string }
type Found = { mentions: Person[]; quote: Quote | null; reactions: Said[] }

/** @param seen whether its words are there to be read: without them there is nothing to belong to. */
export function toParts({ revision, body }: Row, found: Found, seen: boolean): PostParts {
  if (!seen) return { revision, ...NO_PARTS }
  const ids = new Set(mentionedIn(body))
  return {
    revision,
    // A wording that is no more may have mentioned others.
    mentions: found.mentions.filter(({ id }) => ids.has(id)),
    quote: found.quote,
    reactions: byKind(found.reactions),
  }
}

/** Names by id, for the words of a post. */
export const namesOf = (people: readonly Person[]): Map<string, string> =>
  new Map(people.map(({ id, name }) => [id, name]))

const byKind = (said: readonly Said[]): Reaction[] =>
  REACTIONS.flatMap((kind): Reaction[] => {
    const by = said.filter((one) => one.kind === kind).map(({ id, name }) => ({ id, name }))
    return by.length > 0 ? [{ kind, by }] : []
  })
