import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  accounts,
  attendances,
  feedbackReviewers,
  feedbackRounds,
  groups,
  memberships,
  sessions,
} from '#db/schema.ts'
import {
  MOST_ROUND_DAYS,
  type Naming,
  type ReviewerDraft,
  type Round,
  type RoundDraft,
} from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { mayFacilitate, requireMemberOf, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import type { SignedIn, Verified } from '../sign-in/guards.ts'
import { readRound } from './read-round.ts'

const DAY = 86_400_000
const LONGEST_AHEAD = 366 * DAY

/** Prepares a round, or changes one that is not open yet. Nobody hears of it before it opens. */
export async function saveRound(house: House, verified: Verified, draft: RoundDraft): Promise<Round> {
  const { account } = verified
  const opensAt = requireOpening(house, draft.opensAt)
  const closesAt = requireClose(opensAt ?? house.now(), draft.closesAt)
  const member = await requireGroup(house, verified, draft)
  await requireSession(house, draft, member)
  await house.db.transaction(async (tx) => {
    const { reviewers: _reviewers, group: _group, ...facts } = draft
    const values = {
      ...facts,
      title: draft.title.trim(),
      intro: draft.intro.trim(),
      asksSelf: draft.kind === 'ask' && draft.asksSelf,
      groupId: member?.group.id ?? null,
      askedBy: account.id,
      opensAt,
      notOpened: null,
      closesAt,
      createdAt: house.now(),
    }
    // People join a round of everyone for everyone in its group, knowing whether it is with names.
    const { id: _id, askedBy: _askedBy, createdAt: _createdAt, kind: _kind, ...free } = values
    const changes = draft.kind === 'everyone' ? await keepPromised(tx, free, draft.id) : free
    const [stored] = await tx
      .insert(feedbackRounds)
      .values(values)
      .onConflictDoUpdate({
        target: feedbackRounds.id,
        set: changes,
        setWhere: and(
          eq(feedbackRounds.askedBy, account.id),
          eq(feedbackRounds.status, 'draft'),
          eq(feedbackRounds.kind, draft.kind),
        ),
      })
      .returning()
    if (!stored)
      throw new Refusal(
        'conflict',
        'This round is open already, so its questions and rules stay as they are. Call it off and prepare another one, if it has to be different.',
      )
    if (draft.kind === 'ask') await storeReviewers(tx, verified, draft, member)
  })
  return readRound(house, verified, draft.id)
}

/** Where people take part already, the group and whether it is with names stay as they were told. */
async function keepPromised<Facts extends { groupId: string | null; naming: Naming }>(
  tx: Transaction,
  facts: Facts,
  id: string,
): Promise<Facts> {
  const [joined] = await tx
    .select({ groupId: feedbackRounds.groupId, naming: feedbackRounds.naming })
    .from(feedbackReviewers)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReviewers.roundId))
    .where(eq(feedbackReviewers.roundId, id))
    .limit(1)
  return joined ? { ...facts, ...joined } : facts
}

function requireOpening(house: House, given: string | null): Date | null {
  if (given === null) return null
  const opensAt = new Date(given)
  if (opensAt <= house.now())
    throw new Refusal(
      'invalid',
      'The round would open in the past. Choose a day to come, or open it yourself.',
      'opensAt',
    )
  if (opensAt.getTime() - house.now().getTime() > LONGEST_AHEAD)
    throw new Refusal(
      'invalid',
      'A round is prepared a year ahead at most. Choose an earlier day.',
      'opensAt',
    )
  return opensAt
}

function requireClose(opensAt: Date, given: string): Date {
  const closesAt = new Date(given)
  const days = (closesAt.getTime() - opensAt.getTime()) / DAY
  if (days <= 0)
    throw new Refusal(
      'invalid',
      'The round would close before it opens. Choose a later day to close.',
      'closesAt',
    )
  if (days > MOST_ROUND_DAYS)
    throw new Refusal(
      'invalid',
      `A round is open for ${MOST_ROUND_DAYS} days at most, so that people answer while they remember. Choose an earlier day.`,
      'closesAt',
    )
  return closesAt
}

async function requireGroup(
  house: House,
  signedIn: SignedIn,
  { kind, group: slug }: RoundDraft,
): Promise<Member | undefined> {
  if (slug === null) {
    if (kind === 'ask') return undefined
    throw new Refusal('invalid', 'Say in which group the round takes place.', 'group')
  }
  const [group] = await house.db.select({ id: groups.id }).from(groups).where(eq(groups.slug, slug))
  if (!group) throw new Refusal('not-found')
  const member = await requireMemberOf(house, signedIn, group.id)
  requireOpenGroup(member.group)
  if (kind !== 'ask' && !mayFacilitate(member))
    throw new Refusal(
      'not-allowed',
      'Facilitators and organizers start rounds of the whole group. Ask one of them.',
    )
  return member
}

async function requireSession(house: House, draft: RoundDraft, member: Member | undefined): Promise<void> {
  if (draft.kind !== 'after-session') {
    if (draft.sessionId !== null)
      throw new Refusal('invalid', 'Only a round after a session belongs to a session.', 'sessionId')
    return
  }
  const [session] = await house.db
    .select({ status: sessions.status })
    .from(sessions)
    .where(
      and(eq(sessions.id, draft.sessionId ?? draft.id), eq(sessions.groupId, member?.group.id ?? draft.id)),
    )
  if (!session)
    throw new Refusal('invalid', 'Say after which session of the group the round takes place.', 'sessionId')
  if (session.status !== 'wrapped-up')
    throw new Refusal(
      'conflict',
      'This session is not over yet. Ask about it once it is wrapped up.',
      'sessionId',
    )
}

/** People of the group by their account, others by mail; nobody twice, and never the asker. */
async function storeReviewers(
  tx: Transaction,
  { account }: SignedIn,
  { id: roundId, reviewers }: RoundDraft,
  member: Member | undefined,
): Promise<void> {
  const rows = reviewers.map((reviewer) => toRow(roundId, reviewer))
  const wrong = (sentence: string) => new Refusal('invalid', sentence, 'reviewers')
  if (rows.some(({ accountId, email }) => accountId === account.id || email === account.email))
    throw wrong('You are on the list yourself. Your own view goes into the self-assessment.')
  // Anybody may look around as one of them, so nobody can be held to what they send.
  if (account.sample && rows.some(({ email }) => email !== null))
    throw wrong(
      'The people of the sample circle are invented and mail nobody. Sign up to ask people by mail.',
    )
  const keys = rows.map(({ accountId, email }) => accountId ?? email)
  if (new Set(keys).size < keys.length) throw wrong('Somebody is on the list twice. Take one of the two out.')
  const ids = rows.flatMap(({ accountId }) => accountId ?? [])
  const known = ids.length === 0 || !member ? [] : await activeMembers(tx, member.group.id, ids)
  if (ids.some((id) => !known.some((one) => one.id === id)))
    throw wrong('Somebody on the list is not in the group any more. Take them out, or ask them by mail.')
  if (known.some(({ email }) => rows.some((row) => row.email === email)))
    throw wrong('Somebody is on the list twice, by mail and from the group. Take one of the two out.')
  await tx.delete(feedbackReviewers).where(eq(feedbackReviewers.roundId, roundId))
  if (rows.length === 0) return
  const stored = await tx.insert(feedbackReviewers).values(rows).onConflictDoNothing().returning()
  if (stored.length < rows.length)
    throw wrong('Somebody on the list stands in another round under the same id. Put them on the list anew.')
}

function toRow(roundId: string, { id, accountId, email, name, relation }: ReviewerDraft) {
  if ((accountId === null) === (email === null))
    throw new Refusal(
      'invalid',
      'Each person is asked either as a member of the group or by mail. Give one of the two.',
      'reviewers',
    )
  return {
    id,
    roundId,
    accountId,
    email: email === null ? null : normaliseEmail(email),
    name: name.trim(),
    relation,
  }
}

const activeMembers = (tx: Transaction, groupId: string, ids?: string[]) =>
  tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        ids ? inArray(accounts.id, ids) : undefined,
      ),
    )
    .orderBy(asc(memberships.turn))

/** Who is asked in a round of the group when it opens: who is in it; after a session, who was there of them. */
export async function askTheGroup(
  tx: Transaction,
  { id: roundId, kind, groupId, sessionId }: typeof feedbackRounds.$inferSelect,
): Promise<void> {
  if (kind === 'ask' || kind === 'everyone' || groupId === null) return
  let people = await activeMembers(tx, groupId)
  if (kind === 'after-session' && sessionId !== null) {
    const there = await tx
      .select({ id: attendances.accountId })
      .from(attendances)
      .where(eq(attendances.sessionId, sessionId))
    people = people.filter(({ id }) => there.some((one) => one.id === id))
  }
  if (people.length > 0)
    await tx
      .insert(feedbackReviewers)
      .values(people.map(({ id, name }) => ({ roundId, accountId: id, name, relation: 'member' as const })))
}
