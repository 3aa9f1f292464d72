import { and, asc, eq, inArray, or, TransactionRollbackError } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  accounts,
  experts,
  groups,
  guestRequests,
  invites,
  mails,
  memberships,
  rsvps,
  sessions,
  signIns,
  walkIns,
} from '#db/schema.ts'
import type { DeletionProof } from '#shared/my-data.ts'
import { Refusal } from '#shared/refusals.ts'
import { emptyMySealed } from '../answers/sealed-answers.ts'
import { findMyRounds, lockMyRounds, takeSlipsBack } from '../feedback/slips.ts'
import { decisionLetter } from '../groups/letters.ts'
import { lockGroup, promote, type LockedGroup } from '../groups/places.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Told } from '../rooms/change-room.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import type { AccountRow, SignedIn } from '../sign-in/guards.ts'
import { passwordMatches } from '../sign-in/passwords.ts'
import { tellPlans } from '../threads/take-out-of-plans.ts'
import { endMyOrganizations } from './end-my-organizations.ts'
import { hasOtherOperator } from './read-deletion.ts'
import { sortMyGroups, type NamedGroup } from './sort-my-groups.ts'
import { findMyRooms, takeWordsBack } from './take-words-back.ts'

/** Deletes an account and what it wrote, in one transaction. Pages and sockets hear of it once that is committed. */
export async function deleteAccount(
  house: House,
  { account }: SignedIn,
  proof: DeletionProof,
): Promise<void> {
  if (account.sample)
    throw new Refusal(
      'not-allowed',
      'This is an invented person of the sample circle, and others look around as them too. They go when the first real account is made.',
    )
  await requireProof(account, proof)
  const { told, plans, groupIds, signInIds } = await deleteIn(house, account)
  for (const { roomId, number } of told) house.rooms.announce(roomId, number)
  await tellPlans(house, plans)
  for (const groupId of groupIds) house.rooms.endMembership(groupId, account.id)
  for (const id of signInIds) house.rooms.endSignIn(id)
}

type Deleted = { told: Told[]; plans: string[]; groupIds: string[]; signInIds: string[] }

/** How often it is begun anew when the person writes somewhere else at the same moment. */
const MOST_TRIES = 5

/** Groups, rooms, sessions, rounds of feedback, then the account: the order in which everything that is written takes its locks. */
async function deleteIn(house: House, account: AccountRow): Promise<Deleted> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const deleted = await house.db
      .transaction(async (tx) => {
        await requireOtherOperator(tx, account)
        await endMyOrganizations(tx, account.id)
        const mine = await lockMyGroups(tx, account.id)
        const sorted = await sortMyGroups(tx, account.id)
        requireHandedOver(sorted.handOver)
        const gone = sorted.deleted.map(({ id }) => id)
        const roomIds = await findMyRooms(tx, account.id, gone)
        const { told, plans } = await takeWordsBack(house, tx, account.id, roomIds)

        await lockMySessions(tx, account.id)
        const roundIds = await lockMyRounds(tx, account.id)
        await lockAccount(tx, account.id)
        // From here on nothing new is written under this account. Was something, since we looked?
        const known = new Set([...mine.map(({ id }) => id), ...roomIds, ...roundIds])
        const now = [
          ...(await findMyGroups(tx, account.id)),
          ...(await findMyRooms(tx, account.id, gone)),
          ...(await findMyRounds(tx, account.id)),
        ]
        if (now.some((id) => !known.has(id))) return tx.rollback()

        for (const group of mine) {
          const is = ({ id }: NamedGroup) => id === group.id
          if (sorted.deleted.some(is)) await deleteGroup(house, tx, group)
          else if (sorted.closed.some(is)) await closeGroup(house, tx, group)
          else await freePlace(house, tx, group, account.id)
        }
        await takeSlipsBack(house, tx, account.id)
        await emptyMySealed(house, tx, account.id)
        await forgetAddress(tx, account)
        const open = await tx
          .delete(signIns)
          .where(eq(signIns.userId, account.id))
          .returning({ id: signIns.id })
        await tx.delete(accounts).where(eq(accounts.id, account.id))
        return { told, plans, groupIds: mine.map(({ id }) => id), signInIds: open.map(({ id }) => id) }
      })
      .catch(ifRolledBack)
    if (deleted) return deleted
  }
  throw new Refusal('conflict', 'Something was being written under this account. Try again in a moment.')
}

function ifRolledBack(problem: unknown): undefined {
  if (!(problem instanceof TransactionRollbackError)) throw problem
}

/** Whoever finds an open browser must not be able to delete an account with two clicks. */
async function requireProof(account: AccountRow, { password, email }: DeletionProof): Promise<void> {
  if (account.passwordHash !== null) {
    if (password && (await passwordMatches(password, account.passwordHash))) return
    throw new Refusal(
      'wrong-password',
      'That is not the password of this account. Type it again, or have a link for a new one mailed to you.',
      'password',
    )
  }
  if (normaliseEmail(email ?? '') === account.email) return
  throw new Refusal('invalid', `Type the address of this account, ${account.email}.`, 'email')
}

/** Operators who go at the same time take turns, so one is left. */
async function requireOtherOperator(tx: Transaction, { id, operator }: AccountRow): Promise<void> {
  if (!operator) return
  await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.operator, true))
    .orderBy(asc(accounts.id))
    .for('no key update')
  if (await hasOtherOperator(tx, id)) return
  throw new Refusal(
    'conflict',
    'You are the only operator of this instance, and it needs one. Make somebody else an operator first; the handbook for operators says how.',
  )
}

async function lockAccount(tx: Transaction, id: string): Promise<void> {
  const [account] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, id))
    .for('update')
  if (!account) throw new Refusal('not-signed-in')
}

/** Whoever gives places in a session that I answered for waits until I am gone. */
async function lockMySessions(tx: Transaction, accountId: string): Promise<void> {
  const answered = tx.select({ id: rsvps.sessionId }).from(rsvps).where(eq(rsvps.accountId, accountId))
  await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      or(
        inArray(sessions.id, answered),
        eq(sessions.facilitatorId, accountId),
        eq(sessions.timekeeperId, accountId),
        eq(sessions.welcomeId, accountId),
        eq(sessions.notesId, accountId),
      ),
    )
    .orderBy(asc(sessions.id))
    .for('no key update')
}

async function findMyGroups(tx: Transaction, accountId: string): Promise<string[]> {
  const mine = await tx
    .select({ id: memberships.groupId })
    .from(memberships)
    .where(
      and(
        eq(memberships.accountId, accountId),
        inArray(memberships.status, ['active', 'waitlisted', 'requested']),
      ),
    )
    .orderBy(asc(memberships.groupId))
  return mine.map(({ id }) => id)
}

async function lockMyGroups(tx: Transaction, accountId: string): Promise<LockedGroup[]> {
  const locked = []
  for (const id of await findMyGroups(tx, accountId)) locked.push(await lockGroup(tx, id))
  return locked
}

function requireHandedOver(handOver: NamedGroup[]): void {
  if (handOver.length === 0) return
  const names = new Intl.ListFormat('en-GB').format(handOver.map(({ name }) => `“${name}”`))
  throw new Refusal(
    'conflict',
    `You are the only organizer of ${names}, and others are in ${handOver.length === 1 ? 'it' : 'them'}. Hand over on the members page first.`,
  )
}

/** Nobody else is in it, or ever wrote there. Who asked to join hears that nothing will come of it. */
async function deleteGroup(house: House, tx: Transaction, group: LockedGroup): Promise<void> {
  const asking = await tx
    .select({ name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, group.id), eq(memberships.status, 'requested')))
  for (const person of asking) await sendMail(house, tx, decisionLetter(house, group, person, 'declined'))
  await tx.delete(groups).where(eq(groups.id, group.id))
}

/** Nobody is left to open it; what people who left wrote there stays theirs. */
async function closeGroup(house: House, tx: Transaction, { id }: LockedGroup): Promise<void> {
  await tx
    .update(groups)
    .set({ archivedAt: house.now(), visibility: 'private', admission: 'closed' })
    .where(eq(groups.id, id))
}

async function freePlace(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  accountId: string,
): Promise<void> {
  await tx
    .delete(memberships)
    .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, accountId)))
  await promote(house, tx, group)
}

/** Mail and invites are kept by address. Of an address that was never confirmed they are somebody else's. */
async function forgetAddress(tx: Transaction, { email, verifiedAt }: AccountRow): Promise<void> {
  if (verifiedAt === null) return
  await tx.delete(mails).where(eq(mails.recipient, email))
  await tx.delete(invites).where(eq(invites.email, email))
  await tx.delete(guestRequests).where(eq(guestRequests.email, email))
  // That somebody came, or was asked in, stays with the session; who it was does not.
  await tx.update(walkIns).set({ name: '', email: null }).where(eq(walkIns.email, email))
  await tx
    .update(experts)
    .set({ name: 'A guest', email: null, reply: '', shown: false })
    .where(eq(experts.email, email))
}
