import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Output } from '#shared/contract.ts'
import { attendances, episodes, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import type { RsvpState, sessionCalls, Suggested } from '#shared/sessions.ts'
import type { GroupRow, Member } from '../groups/guards.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import { nextInRhythm, toLocal } from './local-time.ts'
import { readNextStep } from './outline.ts'
import { toBasics } from './read-session.ts'

const SESSIONS_LISTED = 300
const USUAL_MINUTES = 60

/** The sessions of a group, newest first, and what the next one would look like. */
export async function listSessions(
  house: House,
  member: Member,
): Promise<Output<typeof sessionCalls.listSessions>> {
  const answered = (answer: RsvpState) => sql<number>`(
    select count(*)::int from ${rsvps} r
    where r.session_id = ${sessions.id} and r.answer = ${answer} and (
      exists (select from ${memberships} m
        where m.group_id = r.group_id and m.account_id = r.account_id and m.status = 'active')
      or exists (select from ${sessionGuests} g
        where g.session_id = r.session_id and g.account_id = r.account_id and g.removed_at is null)))`
  const rows = await house.db
    .select({
      session: sessions,
      episodeTitle: episodes.title,
      coming: answered('coming'),
      notComing: answered('not-coming'),
      waiting: answered('waiting'),
      offered: answered('offered'),
      present: sql<number>`(select count(*)::int from ${attendances} a where a.session_id = ${sessions.id})`,
      mine: rsvps.answer,
    })
    .from(sessions)
    .leftJoin(episodes, eq(episodes.id, sessions.episodeId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, member.account.id)))
    .where(eq(sessions.groupId, member.group.id))
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS_LISTED)
  return {
    sessions: rows.map(({ session, episodeTitle, ...counts }) => ({
      ...toBasics(member.group, session, episodeTitle),
      ...counts,
    })),
    suggested: await suggestNext(house, member.group),
    zone: member.group.zone,
  }
}

/** By the rhythm and the programme of the group. */
export async function suggestNext(house: House, group: GroupRow): Promise<Suggested> {
  const [last] = await house.db
    .select({ startsAt: sessions.startsAt })
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), ne(sessions.status, 'cancelled')))
    .orderBy(desc(sessions.startsAt))
    .limit(1)
  const next = await readNextStep(house.db, group)
  const template = next && findTemplate(next.templateId)
  return {
    startsLocal: suggestStart(last?.startsAt ?? null, group, house.now()),
    minutes: template?.minutes ?? USUAL_MINUTES,
    templateId: next?.templateId ?? null,
  }
}

/** After the last session by the rhythm; the first one as the group planned it, or in a week at 18:00. */
function suggestStart(last: Date | null, group: GroupRow, now: Date): string {
  const { rhythm, zone, firstSessionAt } = group
  if (last) return nextInRhythm(last, rhythm, zone, now > last ? now : last)
  if (firstSessionAt) return nextInRhythm(firstSessionAt, rhythm, zone, now)
  const inAWeek = new Date(now.getTime() + 7 * 86_400_000)
  return `${toLocal(inAWeek, zone).slice(0, 10)}T18:00`
}
