import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session, SessionDraft } from '#shared/sessions.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { requireOffered } from '../guide/group-template.ts'
import type { House } from '../house.ts'
import { makeRoom } from '../rooms/rooms.ts'
import type { SessionRow } from './guards.ts'
import { endOfPlan, sayDay, sayWhen, toInstant } from './local-time.ts'
import { mailMembers } from './mail-members.ts'
import { outlineOf, outlineOverDays } from './outline.ts'
import { readSession } from './read-session.ts'
import { settleRsvp } from './settle-rsvp.ts'
import { sayWhereAndHow, toLink, toPlace } from './where.ts'

const MINUTE = 60_000

/** Schedules a session with its plan and its room, and asks everybody whether they come. Its maker does. */
export async function scheduleSession(
  house: House,
  member: Facilitator,
  draft: SessionDraft,
): Promise<Session> {
  const { account, group } = member
  requireOpenGroup(group)
  const startsAt = startOf(draft, group.zone)
  if (!(await isRetry(house, member, draft.id))) {
    if (startsAt <= house.now())
      throw new Refusal(
        'invalid',
        'That time has passed already. Choose one that is still to come.',
        draft.startsLocal === undefined ? 'startsAt' : 'startsLocal',
      )
    await house.db.transaction(async (tx) => {
      if (draft.groupTemplateId) await requireOffered(tx, group.id, draft.groupTemplateId)
      const {
        minutes,
        blocks: plan,
        ...outline
      } = draft.overDays
        ? await outlineOverDays(tx, group, draft, draft.overDays)
        : await outlineOf(tx, group, draft)
      const [session] = await tx
        .insert(sessions)
        .values({
          id: draft.id,
          groupId: group.id,
          ...outline,
          episodeId: draft.episodeId ?? null,
          startsAt,
          endsAt: draft.overDays
            ? endOfPlan(startsAt, plan, group.zone)
            : new Date(startsAt.getTime() + minutes * MINUTE),
          overDays: draft.overDays !== undefined,
          room: draft.overDays ? null : draft.room === undefined ? group.room : toPlace(draft.room),
          venue: toPlace(draft.venue ?? ''),
          address: toPlace(draft.address ?? ''),
          accessNotes: draft.accessNotes?.trim() ?? '',
          onlineLink: draft.overDays
            ? null
            : draft.onlineLink === undefined
              ? group.onlineLink
              : toLink(draft.onlineLink),
          facilitatorId: account.id,
          capacity: draft.capacity ?? null,
          // Guests come to one meeting; over days it is the group's own.
          guestsWelcome: draft.overDays ? false : (draft.guestsWelcome ?? null),
          createdAt: house.now(),
          changedAt: house.now(),
        })
        .onConflictDoNothing()
        .returning()
      if (!session) return
      if (plan.length > 0)
        await tx.insert(blocks).values(
          plan.map((block, position) => ({
            ...block,
            groupId: group.id,
            sessionId: session.id,
            position,
          })),
        )
      await makeRoom(tx, session.id, group.id, 'session')
      await settleRsvp(house, tx, session.id, account.id, 'coming')
      await askEverybody(house, tx, member, session)
    })
  }
  return readSession(house.db, member, draft.id)
}

/** When it starts, by whichever of the two was given. */
export function startOf(
  { startsAt, startsLocal }: Pick<SessionDraft, 'startsAt' | 'startsLocal'>,
  zone: string,
) {
  if (startsLocal !== undefined) return toInstant(startsLocal, zone)
  if (startsAt !== undefined) return new Date(startsAt)
  throw new Refusal('invalid', 'Say when the session starts.', 'startsLocal')
}

/** A retry changes nothing and hears the answer of the first try; an id of another group is refused. */
async function isRetry(house: House, { group }: Facilitator, id: string): Promise<boolean> {
  const [taken] = await house.db
    .select({ groupId: sessions.groupId })
    .from(sessions)
    .where(and(eq(sessions.id, id)))
  if (taken && taken.groupId !== group.id) throw new Refusal('conflict')
  return taken !== undefined
}

function askEverybody(
  house: House,
  tx: Transaction,
  { account, group }: Facilitator,
  session: SessionRow,
): Promise<void> {
  const letter = {
    subject: `${session.title}, ${sayDay(session.startsAt, group.zone)}: are you coming?`,
    paragraphs: [
      `${account.name} has scheduled the next session of ${group.name}.`,
      ...(session.overDays
        ? [
            'It goes on over days: each part is open for a while, and you take part when it suits you. Nobody has to be there at one time. When a part opens you get a mail.',
          ]
        : []),
      `${session.title}\n${sayWhen(session, group.zone)}\n${sayWhereAndHow(group, session)}`,
      ...sayPreparation(session),
    ],
    action: { label: 'See the session', url: linkTo(house, group.slug, session.id) },
  }
  return mailMembers(house, tx, group, account.id, letter, session)
}

/** What to do beforehand, as a paragraph of a letter; none when there is nothing. */
export const sayPreparation = ({
  preparation,
  overDays,
}: Pick<SessionRow, 'preparation' | 'overDays'>): string[] =>
  preparation ? [`Before ${overDays ? 'it opens' : 'you come'}:\n${preparation}`] : []

export const linkTo = (house: House, slug: string, sessionId: string, rest = ''): string =>
  `${house.config.origin}/groups/${slug}/sessions/${sessionId}${rest}`
