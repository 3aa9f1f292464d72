import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { experts } from '#db/schema.ts'
import { MOST_EXPERTS, type Expert, type ExpertDraft } from '#shared/experts.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Chair, Seat } from '../sessions/guards.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { sayWhen } from '../sessions/local-time.ts'
import { endSignIns } from '../sign-in/mail-links.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import type { ExpertRow } from './guards.ts'

/** Invites somebody to be asked. A retry changes nothing. */
export async function inviteExpert(house: House, chair: Chair, draft: ExpertDraft): Promise<Expert[]> {
  const { member, session } = chair
  requireOpenGroup(member.group)
  if (session.status === 'cancelled' || session.status === 'wrapped-up')
    throw new Refusal('conflict', 'This session is over. Invite them to the next one.')
  requireAnswerable(member, draft)
  await house.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ all: count() })
      .from(experts)
      .where(and(eq(experts.sessionId, session.id), isNull(experts.revokedAt)))
    if ((found?.all ?? 0) >= MOST_EXPERTS)
      throw new Refusal('conflict', `${MOST_EXPERTS} guests are the most for one session.`)
    const [expert] = await tx
      .insert(experts)
      .values({
        id: draft.id,
        groupId: session.groupId,
        sessionId: session.id,
        name: draft.name.trim(),
        email: draft.email === null ? null : normaliseEmail(draft.email),
        expects: draft.expects.trim(),
        invitedBy: member.account.id,
        invitedAt: house.now(),
      })
      .onConflictDoNothing()
      .returning()
    if (expert?.email) await mailInvite(house, tx, chair, expert)
  })
  return listExperts(house, chair)
}

/** Whoever writes to strangers, or makes a seat for one, is somebody who can be held to it. */
function requireAnswerable({ account }: Chair['member'], { email }: ExpertDraft): void {
  if (account.sample)
    throw new Refusal(
      'not-allowed',
      'The people of the sample circle are invented and invite nobody. Sign up to invite an expert to yours.',
    )
  if (email !== null && !account.verifiedAt) throw new Refusal('not-verified')
}

const linkOf = (house: House, { id }: ExpertRow) =>
  `${house.config.origin}/expert/${house.links.sign('expert', id)}`

async function mailInvite(
  house: House,
  tx: Transaction,
  { member: { account, group }, session }: Chair,
  expert: ExpertRow,
): Promise<void> {
  await sendMail(house, tx, {
    to: expert.email ?? '',
    subject: `${account.name} invites you to be asked: ${group.name}`,
    paragraphs: [
      `Hello ${expert.name},`,
      `${account.name} invites you as a guest of ${group.name}, a small group that meets again and again to practise what no course can teach.`,
      `${session.title}\n${sayWhen(session, group.zone)}`,
      expert.expects,
      'The page behind the link says what is expected and what people want to ask. You say yes or no there; it needs no account.',
    ],
    action: { label: 'Look at the invite', url: linkOf(house, expert) },
    footer: 'The link is yours alone. If you do nothing, nothing happens.',
  })
}

/** Takes an invite back: the link opens nothing, and a seat in the room is gone. */
export async function revokeExpert(house: House, chair: Chair, expertId: string): Promise<Expert[]> {
  await house.db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(experts)
      .set({ revokedAt: house.now() })
      .where(
        and(eq(experts.id, expertId), eq(experts.sessionId, chair.session.id), isNull(experts.revokedAt)),
      )
      .returning()
    if (revoked?.seatId) await endSignIns(house, tx, revoked.seatId)
  })
  return listExperts(house, chair)
}

/** Thanks somebody once, by mail or on the page of their link. */
export async function thankExpert(
  house: House,
  chair: Chair,
  expertId: string,
  words: string,
): Promise<Expert[]> {
  const { account, group } = chair.member
  await house.db.transaction(async (tx) => {
    const which = and(
      eq(experts.id, expertId),
      eq(experts.sessionId, chair.session.id),
      isNull(experts.revokedAt),
    )
    const [before] = await tx.select().from(experts).where(which).for('update')
    if (!before) throw new Refusal('not-found')
    if (before.thankedAt) return
    if (chair.session.status !== 'wrapped-up' || before.answer !== 'accepted')
      throw new Refusal('conflict', 'Thanks come after the session, to somebody who said yes.')
    await tx
      .update(experts)
      .set({ thanks: words.trim(), thankedBy: account.id, thankedAt: house.now() })
      .where(which)
    if (before.email)
      await sendMail(house, tx, {
        to: before.email,
        subject: `Thank you from ${group.name}`,
        paragraphs: [`Hello ${before.name},`, words.trim(), account.name],
        footer: `You get this mail because you were a guest of ${group.name}.`,
      })
  })
  return listExperts(house, chair)
}

export async function listExperts(house: House, { member, session }: Seat): Promise<Expert[]> {
  const rows = await house.db
    .select()
    .from(experts)
    .where(and(eq(experts.sessionId, session.id), isNull(experts.revokedAt)))
    .orderBy(asc(experts.invitedAt), asc(experts.id))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    answer: row.answer,
    expects: row.expects,
    thankedAt: row.thankedAt?.toISOString() ?? null,
    forChairs: mayFacilitate(member)
      ? { link: linkOf(house, row), email: row.email, reply: row.reply }
      : null,
  }))
}
