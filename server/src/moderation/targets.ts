import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { accounts, announcements, groups, memberships, posts, threads } from '#db/schema.ts'
import type { TargetKind } from '#shared/moderation.ts'
import { Refusal } from '#shared/refusals.ts'
import { readPublicGroup } from '../groups/read-public-group.ts'
import type { House } from '../house.ts'
import { isOpenTo } from '../threads/answer-first.ts'
import type { SignedIn } from '../sign-in/guards.ts'

/** Something that somebody can see, and so can report. */
export type Target = {
  id: string
  about: { id: string; name: string } | null
  group: { id: string; slug: string; name: string } | null
  /** Whether the organizers of the group may be told; of a group itself, and of a public page, only the operator. */
  inside: boolean
  /** What the operator gets a copy of. */
  copy: string
}

/** Nothing when there is no such thing, or it is not open to whoever asks. */
type Find = (
  house: House,
  reader: Reader,
  signedIn: SignedIn,
  asked: { target: string; within: string | undefined },
) => Promise<Target | undefined>

/** How each kind is found. A new kind is one more line here. */
const FIND: Record<TargetKind, Find> = {
  post: findPost,
  person: findPerson,
  group: findGroup,
  organizer: findOrganizer,
  announcement: findAnnouncement,
}

/** @throws Refusal "not found" when it is not for these eyes. */
export async function findTarget(
  house: House,
  reader: Reader,
  signedIn: SignedIn,
  { kind, target, within }: { kind: TargetKind; target: string; within?: string | undefined },
): Promise<Target> {
  const byId = kind === 'post' || kind === 'person' || kind === 'announcement'
  if (byId && !isUuid(target)) throw new Refusal('not-found')
  const found = await FIND[kind](house, reader, signedIn, { target, within })
  if (!found) throw new Refusal('not-found')
  if (found.about?.id === signedIn.account.id)
    throw new Refusal(
      'invalid',
      'That is you, or words of yours. What you wrote you can change or withdraw yourself.',
    )
  return found
}

const inGroup = { id: groups.id, slug: groups.slug, name: groups.name }
const person = { id: accounts.id, name: accounts.name }

const iAmIn = (accountId: string) =>
  and(
    eq(memberships.groupId, groups.id),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'active'),
  )

async function findPost(
  _house: House,
  reader: Reader,
  { account }: SignedIn,
  { target }: { target: string },
): Promise<Target | undefined> {
  const [found] = await reader
    .select({ id: posts.id, copy: posts.body, group: inGroup, about: person })
    .from(posts)
    .innerJoin(groups, eq(groups.id, posts.groupId))
    .innerJoin(memberships, iAmIn(account.id))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(
      and(
        eq(posts.id, target),
        isNull(posts.withdrawnAt),
        isNull(posts.hiddenAt),
        isOpenTo(reader, account.id),
      ),
    )
  return found && { ...found, inside: true }
}

async function findAnnouncement(
  _house: House,
  reader: Reader,
  { account }: SignedIn,
  { target }: { target: string },
): Promise<Target | undefined> {
  const [found] = await reader
    .select({
      id: announcements.id,
      title: announcements.title,
      body: announcements.body,
      group: inGroup,
      about: person,
    })
    .from(announcements)
    .innerJoin(groups, eq(groups.id, announcements.groupId))
    .innerJoin(memberships, iAmIn(account.id))
    .innerJoin(accounts, eq(accounts.id, announcements.accountId))
    .where(and(eq(announcements.id, target), isNull(announcements.withdrawnAt)))
  if (!found) return undefined
  const { title, body, ...rest } = found
  return { ...rest, inside: true, copy: `${title}\n\n${body}` }
}

/** Somebody who is in a group with me, or was: who left because of somebody must still be able to say so. */
async function findPerson(
  _house: House,
  reader: Reader,
  { account }: SignedIn,
  { target, within }: { target: string; within: string | undefined },
): Promise<Target | undefined> {
  if (within === undefined) {
    const about = await findMet(reader, account, target)
    return about && { id: about.id, about, group: null, inside: false, copy: about.name }
  }
  const theirs = alias(memberships, 'theirs')
  const [found] = await reader
    .select({ about: person, group: inGroup })
    .from(groups)
    .innerJoin(memberships, iAmIn(account.id))
    .innerJoin(
      theirs,
      and(eq(theirs.groupId, groups.id), eq(theirs.accountId, target), eq(theirs.status, 'active')),
    )
    .innerJoin(accounts, eq(accounts.id, theirs.accountId))
    .where(eq(groups.slug, within))
  return found && { id: found.about.id, ...found, inside: true, copy: found.about.name }
}

/** Somebody whom I meet, or met, in a group, or who has a public page. */
export async function findMet(
  reader: Reader,
  { id: accountId }: { id: string },
  target: string,
): Promise<{ id: string; name: string } | undefined> {
  const theirs = alias(memberships, 'theirs')
  const been = ['active', 'left', 'removed'] as const
  const [met] = await reader
    .select(person)
    .from(memberships)
    .innerJoin(theirs, and(eq(theirs.groupId, memberships.groupId), ne(theirs.accountId, accountId)))
    .innerJoin(accounts, eq(accounts.id, theirs.accountId))
    .where(
      and(
        eq(memberships.accountId, accountId),
        inArray(memberships.status, been),
        eq(theirs.accountId, target),
        inArray(theirs.status, been),
      ),
    )
    .limit(1)
  if (met) return met
  const [known] = await reader
    .select(person)
    .from(accounts)
    .where(and(eq(accounts.id, target), isNotNull(accounts.publicSlug), isNull(accounts.suspendedAt)))
  return known
}

async function findGroup(
  house: House,
  reader: Reader,
  signedIn: SignedIn,
  { target }: { target: string },
): Promise<Target | undefined> {
  const { name, purpose, city, venue } = await readPublicGroup(house, signedIn, target)
  const [group] = await reader.select(inGroup).from(groups).where(eq(groups.slug, target))
  const place = [venue, city].filter(Boolean).join(', ')
  return (
    group && {
      id: group.id,
      about: null,
      group,
      inside: false,
      copy: [name, purpose, place].filter(Boolean).join('\n\n'),
    }
  )
}

async function findOrganizer(
  _house: House,
  reader: Reader,
  _signedIn: SignedIn,
  { target }: { target: string },
): Promise<Target | undefined> {
  const [found] = await reader
    .select({ ...person, words: accounts.about })
    .from(accounts)
    .where(and(eq(accounts.publicSlug, target), isNull(accounts.suspendedAt)))
  if (!found) return undefined
  const { id, name, words } = found
  const copy = [name, words].filter(Boolean).join('\n\n')
  return { id, about: { id, name }, group: null, inside: false, copy }
}

const isUuid = (text: string): boolean =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text)
