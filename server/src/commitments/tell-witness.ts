import { and, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, commitments, groups, sessions, witnesses } from '#db/schema.ts'
import type { CommitmentStatus } from '#shared/commitments.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { isAround } from './is-around.ts'
import { notBlocked } from './list-witnessing.ts'

/** How long a witness hears nothing more by mail of the same commitment: a correction is no news. */
const QUIET_FOR = 24 * 3_600_000

const SAID: Record<Exclude<CommitmentStatus, 'open'>, string> = {
  done: 'It is done.',
  partly: 'It is partly done.',
  'not-yet': 'Not yet.',
  'let-go': 'They let it go.',
}

/** The witness hears what became of it, when they said yes. */
export async function tellWitness(house: House, tx: Transaction, commitmentId: string): Promise<void> {
  const quietSince = new Date(house.now().getTime() - QUIET_FOR)
  const [found] = await readAccepted(
    house,
    tx,
    and(eq(commitments.id, commitmentId), or(isNull(witnesses.toldAt), lt(witnesses.toldAt, quietSince))),
  )
  if (!found || found.status === 'open') return
  const { status, reflection } = found
  await tx.update(witnesses).set({ toldAt: house.now() }).where(isIts(found))
  await sendMail(house, tx, {
    to: found.email,
    subject: `${found.name} says what became of it`,
    paragraphs: [
      `${found.name} said: ${sayCommitment(found)}`,
      [SAID[status], ...(reflection === '' ? [] : [reflection])].join('\n'),
      'You are the witness of it. A word from you is worth more than one from us.',
    ],
    action: { label: 'See it', url: `${house.config.origin}/commitments` },
    footer: footerOf(found),
  })
}

/** Whoever wants it gets a mail on the day: in the morning, on the clock of the group. */
export async function remindWitnesses(house: House): Promise<void> {
  const now = sql`${house.now().toISOString()}::timestamptz at time zone ${groups.zone}`
  const day = sql`coalesce(${commitments.due}, (${commitments.madeAt} at time zone ${groups.zone})::date + 7)`
  const isDue = and(
    eq(witnesses.remind, true),
    isNull(witnesses.remindedAt),
    sql`(${commitments.status} = 'open'
      or (${commitments.status} in ('partly', 'not-yet') and ${commitments.comesBack}))`,
    sql`${now} >= ${day} + time '08:00'`,
    sql`${now} < ${day} + 8`,
  )
  for (const one of await readAccepted(house, house.db, isDue))
    await house.db.transaction(async (tx) => {
      const [marked] = await tx
        .update(witnesses)
        .set({ remindedAt: house.now() })
        .where(and(isIts(one), isNull(witnesses.remindedAt), eq(witnesses.remind, true)))
        .returning({ id: witnesses.accountId })
      if (!marked) return
      await sendMail(house, tx, {
        to: one.email,
        subject: `Ask ${one.name} how it went`,
        paragraphs: [
          `You said that you would ask ${one.name} about this: ${sayCommitment(one)}`,
          'A short message is enough. Whatever the answer is, it is a good one.',
        ],
        action: { label: 'See it', url: `${house.config.origin}/commitments` },
        footer: footerOf(one),
      })
    })
}

const isIts = ({ commitmentId, witnessId }: { commitmentId: string; witnessId: string }) =>
  and(eq(witnesses.commitmentId, commitmentId), eq(witnesses.accountId, witnessId))

/** The accepted witnesses of these, with what was said; nobody of what a group forgot. */
function readAccepted(house: House, reader: Reader, which: SQL | undefined) {
  const makers = alias(accounts, 'makers')
  return reader
    .select({
      commitmentId: commitments.id,
      witnessId: witnesses.accountId,
      email: accounts.email,
      name: makers.name,
      cue: commitments.cue,
      action: commitments.action,
      status: commitments.status,
      reflection: commitments.reflection,
      group: groups.name,
    })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .innerJoin(groups, eq(groups.id, commitments.groupId))
    .innerJoin(accounts, eq(accounts.id, witnesses.accountId))
    .innerJoin(makers, eq(makers.id, commitments.accountId))
    .where(
      and(
        which,
        inArray(witnesses.state, ['accepted']),
        isNull(sessions.forgottenAt),
        eq(accounts.sample, false),
        isAround,
        notBlocked(house),
      ),
    )
}

const sayCommitment = ({ cue, action }: { cue: string; action: string }) =>
  `“If ${cue}, then I will ${action}.”`

const footerOf = ({ group }: { group: string }) =>
  `You get this because you are the witness of a commitment in ${group}. On the page you can stop being it.`
