import { eq } from 'drizzle-orm'
import { type blocks, sessions } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import type { questionCalls } from '#shared/questions.ts'
import { Refusal } from '#shared/refusals.ts'
import { questionInWords, roomForQuestion, spareMinutes } from '#shared/session-plan.ts'
import { MOST_BLOCKS, type BlockDraft } from '#shared/sessions.ts'
import { pathOfThread } from '#shared/thread-links.ts'
import { mayFacilitate } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { ThreadReader } from '../threads/guards.ts'
import { lockSession } from './change-session.ts'
import { markPlanned, readQuestion } from './open-questions.ts'
import { readPlan } from './read-session.ts'
import { writePlan } from './replace-plan.ts'

type Asked = { sessionId: string; blockId: string }

/** A facilitator puts an open question into the plan of a session, as a talk before its closing part. */
export async function planQuestion(
  house: House,
  reader: ThreadReader,
  { sessionId, blockId }: Asked,
): Promise<Output<typeof questionCalls.planQuestion>> {
  const { member } = reader
  if (!mayFacilitate(member))
    throw new Refusal(
      'not-allowed',
      'A facilitator or an organizer puts questions into a plan. Ask one of them.',
    )
  requireOpenGroup(member.group)
  await requireSession(house, reader, sessionId)
  const { thread, words } = await readQuestion(house.db, reader)
  if (thread.question === 'planned' && thread.plannedIn === sessionId)
    return { question: 'planned', shortened: null }
  if (thread.question !== 'open')
    throw new Refusal('conflict', 'This is no open question any more. Open it again first.')

  const shortened = await changeRoom(house, sessionId, async (tx, tell) => {
    const session = await lockSession(tx, sessionId)
    if (session.status !== 'scheduled')
      throw new Refusal(
        'conflict',
        'This session has begun or is over. Choose one that lies ahead.',
        'sessionId',
      )
    if (session.overDays)
      throw new Refusal(
        'conflict',
        'This session goes on over days, and questions are talked about. Choose one that meets live.',
        'sessionId',
      )
    const plan = (await readPlan(tx, sessionId)).map(toDraft)
    // A retry finds its block there.
    if (plan.some(({ id }) => id === blockId)) return null
    const room = roomForQuestion(plan, spareMinutes(session, plan))
    if (!room || plan.length >= MOST_BLOCKS)
      throw new Refusal(
        'conflict',
        `The plan of “${session.title}” has no room left. Make a block shorter there, or let the session end later.`,
        'sessionId',
      )
    const { gives } = room
    const shorter = plan.map((block) =>
      block === gives?.from ? { ...block, minutes: gives.minutes } : block,
    )
    const closing = plan.findIndex(({ kind }) => kind === 'commit' || kind === 'close')
    shorter.splice(closing === -1 ? plan.length : closing, 0, {
      id: blockId,
      kind: 'discuss',
      title: 'An open question',
      minutes: room.minutes,
      prompt: questionInWords(words),
      notes: `Let whoever asked say in a sentence why. The thread: ${house.config.origin}${pathOfThread(member.group.slug, thread)}`,
      options: { threads: [thread.id] },
    })
    await writePlan(tx, session, shorter)
    tell({ type: 'plan-changed' })
    return gives ? { title: gives.from.title, minutes: gives.minutes } : null
  })
  await markPlanned(house, { id: sessionId, groupId: member.group.id }, [thread.id])
  return { question: 'planned', shortened }
}

async function requireSession({ db }: House, { member }: ThreadReader, sessionId: string): Promise<void> {
  const session = await db.query.sessions.findFirst({ where: eq(sessions.id, sessionId) })
  if (session?.groupId !== member.group.id)
    throw new Refusal('invalid', 'There is no such session in this group. Choose another one.', 'sessionId')
}

const toDraft = ({
  id,
  kind,
  title,
  minutes,
  prompt,
  notes,
  options,
}: typeof blocks.$inferSelect): BlockDraft => ({ id, kind, title, minutes, prompt, notes, options })
