import { and, eq, lte, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, feedbackReviewers, feedbackRounds, groups, memberships } from '#db/schema.ts'
import { MOST_SUBJECTS, type Round } from '#shared/feedback.ts'
import { whyNotAnonymous } from '#shared/feedback-rules.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Asker, RoundRow } from './guards.ts'
import { notOpenedLetter, requestLetter } from './letters.ts'
import { lockRound } from './lock-round.ts'
import { addressesOf } from './read-addresses.ts'
import { readRound } from './read-round.ts'
import { askTheGroup } from './save-round.ts'
import { laySheets, newRoundKey, selfOf } from './sheets.ts'

/** Opens it by hand, also before its day. */
export async function openRound(house: House, asker: Asker): Promise<Round> {
  await house.db.transaction(async (tx) => {
    const round = await lockRound(tx, asker.round.id)
    if (round.status === 'open') return
    if (round.status !== 'draft')
      throw new Refusal('conflict', 'This round is over. Prepare a new one to ask again.')
    await open(house, tx, round)
  })
  return readRound(house, asker, asker.round.id)
}

/** Opens what has come to its day. What can't open stays as it is, and whoever asks hears why. */
export async function openDue(house: House): Promise<void> {
  const due = await house.db
    .select({ id: feedbackRounds.id })
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.status, 'draft'), lte(feedbackRounds.opensAt, house.now())))
  for (const { id } of due) {
    try {
      await house.db.transaction(async (tx) => {
        const round = await lockRound(tx, id)
        if (isDue(house, round)) await open(house, tx, round)
      })
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      await sayWhyNot(house, id, problem.message)
    }
  }
}

const isDue = (house: House, { status, opensAt }: RoundRow): boolean =>
  status === 'draft' && opensAt !== null && opensAt <= house.now()

async function sayWhyNot(house: House, id: string, why: string): Promise<void> {
  await house.db.transaction(async (tx) => {
    const round = await lockRound(tx, id)
    if (!isDue(house, round)) return
    await tx.update(feedbackRounds).set({ opensAt: null, notOpened: why }).where(eq(feedbackRounds.id, id))
    await sendMail(house, tx, notOpenedLetter(house, round, await readAsker(tx, round), why))
  })
}

/**
 * Sends the requests and lays an empty sheet for everybody who is asked. From then on questions, names and rules stay as they
 * are.
 */
async function open(house: House, tx: Transaction, round: RoundRow): Promise<void> {
  if (round.closesAt <= house.now())
    throw new Refusal('invalid', 'The day it closes has passed. Choose a later one first.', 'closesAt')
  await requireMayAsk(tx, round)
  await askTheGroup(tx, round)
  const reviewers = await tx
    .select({ id: feedbackReviewers.id })
    .from(feedbackReviewers)
    .where(eq(feedbackReviewers.roundId, round.id))
  requireEnough(round, reviewers.length)
  if (round.naming === 'anonymous') await requireAlone(tx, round)
  const { key, stored } = newRoundKey(house)
  const self = round.kind === 'ask' && round.asksSelf ? [selfOf(round.askedBy)] : []
  await laySheets(tx, round, key, [...reviewers.map(({ id }) => id), ...self])
  const [opened] = await tx
    .update(feedbackRounds)
    .set({ status: 'open', openedAt: house.now(), opensAt: null, notOpened: null, roundKey: stored })
    .where(eq(feedbackRounds.id, round.id))
    .returning()
  if (!opened) return
  const { name } = await readAsker(tx, round)
  for (const person of await addressesOf(tx, opened))
    await sendMail(house, tx, requestLetter(house, opened, name, person))
}

async function readAsker(tx: Transaction, { askedBy }: RoundRow): Promise<{ name: string; email: string }> {
  const [asker] = await tx
    .select({ name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(eq(accounts.id, askedBy))
  if (!asker) throw new Refusal('not-found')
  return asker
}

/** Whoever prepared it may be suspended since. Whoever prepared it in a group may have left it since, or lead it no more; or the group may have ended. */
async function requireMayAsk(tx: Transaction, { kind, groupId, askedBy }: RoundRow): Promise<void> {
  const [asker] = await tx
    .select({ suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.id, askedBy))
  if (asker?.suspendedAt) throw new Refusal('suspended', 'The account that asks is suspended.')
  if (groupId === null) return
  const [found] = await tx
    .select({ group: groups, role: memberships.role })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.accountId, askedBy),
        eq(memberships.status, 'active'),
      ),
    )
  if (!found)
    throw new Refusal(
      'not-allowed',
      'You are not in its group any more, so this round can’t ask there. Throw it away, or prepare another one.',
    )
  requireOpenGroup(found.group)
  if (kind !== 'ask' && found.role === 'member')
    throw new Refusal(
      'not-allowed',
      'Facilitators and organizers start rounds of the whole group. Ask one of them.',
    )
}

/** The subject never counts among those who answer. */
function requireEnough(round: RoundRow, asked: number): void {
  if (round.kind === 'everyone') {
    if (asked < 3)
      throw new Refusal('conflict', 'It takes three people who take part. Wait until more have joined.')
    if (asked > MOST_SUBJECTS)
      throw new Refusal(
        'conflict',
        `In a round of everyone for everyone there is room for ${MOST_SUBJECTS}. Make two rounds, each with a part of the group.`,
      )
  }
  if (asked === 0)
    throw new Refusal(
      'conflict',
      'Nobody is asked yet. Choose four to six people who see different sides.',
      'reviewers',
    )
  const eligible = round.kind === 'everyone' ? asked - 1 : asked
  const why = round.naming === 'anonymous' ? whyNotAnonymous(eligible, round.threshold) : undefined
  if (why !== undefined) throw new Refusal('conflict', why, 'naming')
}

/** Two rounds without names about the same at the same time could be laid over each other. */
async function requireAlone(tx: Transaction, { id, kind, askedBy, groupId }: RoundRow): Promise<void> {
  // Two that open in the same moment take turns.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext(${`feedback-round:${kind === 'ask' ? askedBy : groupId}`}))`,
  )
  const [other] = await tx
    .select({ title: feedbackRounds.title })
    .from(feedbackRounds)
    .where(
      and(
        ne(feedbackRounds.id, id),
        eq(feedbackRounds.kind, kind),
        eq(feedbackRounds.status, 'open'),
        eq(feedbackRounds.naming, 'anonymous'),
        kind === 'ask' || groupId === null
          ? eq(feedbackRounds.askedBy, askedBy)
          : eq(feedbackRounds.groupId, groupId),
      ),
    )
    .limit(1)
  if (other)
    throw new Refusal(
      'conflict',
      `“${other.title}” is open at the same time. Laid over each other, two rounds without names could tell who wrote: wait until it has closed, or ask with names.`,
    )
}
