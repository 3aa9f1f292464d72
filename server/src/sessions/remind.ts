import { and, asc, eq, gt, isNull, lte, notExists, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships, mutedReminders, reminders, rsvps, sessions } from '#db/schema.ts'
import { openForInWords } from '#shared/live/over-days.ts'
import { dueReminders, FIRST_REMINDER } from '#shared/reminders.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { Reminder } from '#shared/words.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { sayDay, sayWhen, toLocal } from './local-time.ts'
import { addressToAnswer, choicesOf, yesTo, type Addressee } from './make-rsvp-links.ts'
import { readPlan } from './read-session.ts'
import { linkTo, sayPreparation } from './schedule-session.ts'
import { sayMyDuties } from './tell-duties.ts'
import { sayWhereAndHow } from './where.ts'

/** Looks every five minutes for sessions that somebody should be reminded of. */
export function repeatReminders(house: House): void {
  house.jobs.repeat('remind-of-sessions', '*/5 * * * *', () => remindOfSessions(house))
}

/** Each reminder of a session goes out once, to everybody who did not say that they can't come or mute it. */
async function remindOfSessions(house: House): Promise<void> {
  const now = house.now()
  const near = await house.db
    .select({ session: sessions, group: groups })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(
      and(
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, now),
        lte(sessions.startsAt, new Date(now.getTime() + FIRST_REMINDER)),
        isNull(groups.archivedAt),
        isNull(groups.suspendedAt),
      ),
    )
    .orderBy(asc(sessions.startsAt))
  for (const { session, group } of near)
    for (const kind of dueReminders(session.startsAt, session.announcedAt ?? session.createdAt, now)) {
      // Over days a mail comes when it opens.
      if (session.overDays && kind === 'hour') continue
      await house.db.transaction((tx) => remind(house, tx, group, session.id, kind))
    }
}

async function remind(
  house: House,
  tx: Transaction,
  group: GroupRow,
  sessionId: string,
  kind: Reminder,
): Promise<void> {
  // Looked at again under its lock: it may have been moved or cancelled since.
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('share')
  if (session?.status !== 'scheduled') return
  const { groupId, startsAt } = session
  if (!dueReminders(startsAt, session.announcedAt ?? session.createdAt, house.now()).includes(kind)) return
  const [first] = await tx
    .insert(reminders)
    .values({ groupId, sessionId, kind, startsAt })
    .onConflictDoNothing()
    .returning()
  if (!first) return
  const people = await readReminded(tx, session, kind)
  const addresses = await addressToAnswer(house, tx, session, people)
  const letter = await letterOf(house, tx, group, session, kind)
  for (const { id, email, answer } of people) {
    const url = addresses.get(id)
    await sendMail(house, tx, {
      ...letter,
      paragraphs: [...letter.paragraphs, ...sayMyDuties(session, id)],
      to: email,
      footer: footerOf(house, group, kind),
      ...(url ? { choices: waysToAnswer(url, answer, session) } : {}),
    })
  }
}

type Reminded = Addressee & { answer: RsvpState | null }

/** An hour before, only who said yes; before that also who has not answered. Who waits for a place hears of that instead. */
async function readReminded(
  tx: Transaction,
  { id: sessionId, groupId }: SessionRow,
  kind: Reminder,
): Promise<Reminded[]> {
  const person = {
    id: accounts.id,
    name: accounts.name,
    email: accounts.email,
    answer: rsvps.answer,
  }
  const theirs = and(eq(rsvps.sessionId, sessionId), eq(rsvps.accountId, accounts.id))
  const wanted = and(
    eq(accounts.sample, false),
    notExists(
      tx
        .select({ kind: mutedReminders.kind })
        .from(mutedReminders)
        .where(and(eq(mutedReminders.accountId, accounts.id), eq(mutedReminders.kind, kind))),
    ),
  )
  const yes = eq(rsvps.answer, 'coming')
  return tx
    .select(person)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(rsvps, theirs)
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        wanted,
        kind === 'hour' ? yes : or(yes, isNull(rsvps.answer)),
      ),
    )
}

const waysToAnswer = (url: string, answer: RsvpState | null, session: SessionRow): Letter['choices'] =>
  answer === 'coming'
    ? [{ label: 'I can’t make it', url: `${url}?answer=not-coming` }]
    : choicesOf(url, yesTo(session), 'I can’t')

async function letterOf(
  house: House,
  tx: Transaction,
  group: GroupRow,
  session: SessionRow,
  kind: Reminder,
): Promise<Omit<Letter, 'to'>> {
  const when = `${session.title}\n${sayWhen(session, group.zone)}\n${sayWhereAndHow(group, session)}`
  const action = { label: 'See the session', url: linkTo(house, group.slug, session.id) }
  const prepare = sayPreparation(session)
  switch (kind) {
    case 'week': {
      const plan = await readPlan(tx, session.id)
      return {
        subject: `In a week: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
        paragraphs: [
          `The next session of ${group.name} is in a week.`,
          when,
          ...prepare,
          ...(plan.length > 0
            ? [
                `The plan:\n${plan.map(({ title, minutes }) => `- ${title}, ${openForInWords(minutes)}`).join('\n')}`,
              ]
            : []),
        ],
        action,
      }
    }
    case 'day':
      return {
        subject: `${dayWord(house, group, session)}: ${session.title}`,
        paragraphs: [`A session of ${group.name} is coming up.`, when, ...prepare],
        action,
      }
    case 'hour':
      return {
        subject: `In an hour: ${session.title}`,
        paragraphs: [`A session of ${group.name} begins soon.`, when],
        action: { label: 'Go to the live room', url: `${house.config.origin}/room/${session.id}` },
      }
  }
}

const dayWord = (house: House, { zone }: GroupRow, { startsAt }: SessionRow) =>
  toLocal(house.now(), zone).slice(0, 10) === toLocal(startsAt, zone).slice(0, 10) ? 'Today' : 'Tomorrow'

const WHEN: Record<Reminder, string> = {
  week: 'a week before',
  day: 'a day before',
  hour: 'an hour before',
}

const footerOf = ({ config }: House, { name }: GroupRow, kind: Reminder): string =>
  `You get this because you are a member of ${name} on Shortside. The links to answer need no sign-in and answer for you, so leave them out when you pass this on. Reminders ${WHEN[kind]} can be muted in your account: ${config.origin}/account#reminders`
