import { and, eq, inArray, notInArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { LONGEST_BLOCK } from '#shared/guide.ts'
import { overDaysProblem } from '#shared/live/over-days.ts'
import { keepsItsWord } from '#shared/live/writing.ts'
import { Refusal } from '#shared/refusals.ts'
import { planMinutes, sayPlan, sessionMinutes } from '#shared/session-plan.ts'
import type { BlockDraft, Session, sessionCalls } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { withoutTakenBack } from '../threads/take-out-of-plans.ts'
import { lockSession } from './change-session.ts'
import type { Chair, SessionRow } from './guards.ts'
import { endOfPlan } from './local-time.ts'
import { nextSequence } from './next-sequence.ts'
import { markPlanned } from './open-questions.ts'
import { readPlan, readSession, versionOf } from './read-session.ts'

type Plan = Input<typeof sessionCalls.replacePlan>['body']

/** Saves the whole plan, on top of the one that it was made from. A retry changes nothing. */
export async function replacePlan(house: House, chair: Chair, plan: Plan): Promise<Session> {
  const { member, session } = chair
  requireOnce(plan.blocks)
  requireStorable(plan.blocks)
  await changeRoom(house, session.id, async (tx, tell) => {
    const current = await lockSession(tx, session.id)
    if (current.status !== 'scheduled')
      throw new Refusal('conflict', 'This session has begun or is over, so its plan stays as it is.')
    if (current.overDays) requireAlone(plan.blocks)
    else requireFit(current, plan.blocks)
    const version = versionOf(await readPlan(tx, session.id))
    if (version === versionOf(plan.blocks)) return
    if (version !== plan.basedOn)
      throw new Refusal(
        'conflict',
        'Somebody else has changed this plan meanwhile. Yours is still here: look at theirs, then save yours over it or leave it.',
        'basedOn',
      )
    await writePlan(tx, current, plan.blocks)
    if (current.overDays) await moveEnd(house, tx, current, plan.blocks, member.group.zone)
    tell({ type: 'plan-changed' })
  })
  if (plan.planned?.length) await markPlanned(house, session, plan.planned)
  return readSession(house.db, member, session.id)
}

function requireOnce(plan: readonly BlockDraft[]): void {
  if (new Set(plan.map(({ id }) => id)).size < plan.length)
    throw new Refusal('invalid', 'One block is in the plan twice. Reload the page and try again.', 'blocks')
}

/** The database can't hold this character inside JSON. */
export function requireStorable(plan: readonly Pick<BlockDraft, 'options'>[]): void {
  if (JSON.stringify(plan.map(({ options }) => options)).includes('\\u0000'))
    throw new Refusal('invalid', 'One block holds a character that can’t be kept. Remove it and add it anew.')
}

function requireFit(session: SessionRow, plan: readonly BlockDraft[]): void {
  const long = plan.find(({ minutes }) => minutes > LONGEST_BLOCK)
  if (long) throw new Refusal('invalid', `“${long.title}” takes at most ${LONGEST_BLOCK} minutes.`, 'blocks')
  const planned = planMinutes(plan)
  const available = sessionMinutes(session)
  if (planned > available) throw new Refusal('invalid', sayPlan(planned, available), 'blocks')
}

function requireAlone(plan: readonly BlockDraft[]): void {
  const problem = overDaysProblem(plan)
  if (problem) throw new Refusal('invalid', problem, 'blocks')
}

/** Over days the end follows from the plan. */
async function moveEnd(
  house: House,
  tx: Transaction,
  session: SessionRow,
  plan: readonly BlockDraft[],
  zone: string,
): Promise<void> {
  const endsAt = endOfPlan(session.startsAt, plan, zone)
  if (endsAt.getTime() !== session.endsAt.getTime())
    await tx
      .update(sessions)
      .set({ endsAt, ...nextSequence(house, session) })
      .where(eq(sessions.id, session.id))
}

/** Blocks that stay keep their row, so that what hangs on them stays too. */
export async function writePlan(
  tx: Transaction,
  session: SessionRow,
  plan: readonly BlockDraft[],
): Promise<void> {
  const saved = await withoutTakenBack(tx, session.groupId, plan)
  const ids = plan.map(({ id }) => id)
  const ofSession = eq(blocks.sessionId, session.id)
  await tx.delete(blocks).where(ids.length > 0 ? and(ofSession, notInArray(blocks.id, ids)) : ofSession)
  const before =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(blocks)
          .where(and(ofSession, inArray(blocks.id, ids)))
  const kept = new Map(before.map((block) => [block.id, block]))
  for (const [position, { id, kind, title, minutes, prompt, notes, options }] of saved.entries()) {
    const words = { position, kind, title, minutes, prompt, notes, options }
    const known = kept.get(id)
    if (known) {
      requireKept(known, { kind, options })
      await tx
        .update(blocks)
        .set(words)
        .where(and(ofSession, eq(blocks.id, id)))
    } else {
      const added = await tx
        .insert(blocks)
        .values({ id, groupId: session.groupId, sessionId: session.id, ...words })
        .onConflictDoNothing()
        .returning({ id: blocks.id })
      if (added.length === 0)
        throw new Refusal('conflict', 'A block of this plan belongs elsewhere. Remove it and add it anew.')
    }
  }
}

/** What people were told before they wrote holds: with or without names, revealed or not. */
export function requireKept(
  before: typeof blocks.$inferSelect,
  after: Pick<BlockDraft, 'kind' | 'options'>,
): void {
  if (!keepsItsWord(before, after))
    throw new Refusal(
      'conflict',
      `People have begun to write in “${before.title}”, so it stays as they were told: with or without names, revealed or not.`,
      'blocks',
    )
}
