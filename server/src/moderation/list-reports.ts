import { and, asc, desc, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { accounts, announcements, groups, posts, reports, threads } from '#db/schema.ts'
import type { Decision, MyReport, OpenReport, OperatorQueue } from '#shared/moderation.ts'
import { pathOfPost } from '#shared/thread-links.ts'
import { appealAddress } from '../mail/appeal.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Operator, SignedIn } from '../sign-in/guards.ts'

export type ReportRow = typeof reports.$inferSelect

const MOST_SHOWN = 200

export async function listMyReports({ db }: House, { account }: SignedIn): Promise<MyReport[]> {
  const mine = await db
    .select({ report: reports, group: groups.name })
    .from(reports)
    .leftJoin(groups, eq(groups.id, reports.groupId))
    .where(eq(reports.reporterId, account.id))
    .orderBy(desc(reports.sentAt), asc(reports.id))
    .limit(MOST_SHOWN)
  return mine.map(showMine)
}

export const showMine = ({ report, group }: { report: ReportRow; group: string | null }): MyReport => ({
  id: report.id,
  kind: report.kind,
  group,
  reason: report.reason,
  to: report.to,
  sentAt: report.sentAt.toISOString(),
  // What was done to whom is between them and the operator.
  decision: report.decision === 'account-suspended' ? 'acted' : report.decision,
  decidedAt: report.decidedAt?.toISOString() ?? null,
})

/** Nobody decides about themselves, nor about what they reported. */
export const forOrganizer = ({ account, group }: Organizer) =>
  and(
    eq(reports.groupId, group.id),
    eq(reports.to, 'organizers'),
    ne(reports.reporterId, account.id),
    or(isNull(reports.aboutId), ne(reports.aboutId, account.id)),
  )

/** Reports that wait for an organizer, the oldest first, with the words as they are now. */
export async function listGroupReports({ db }: House, organizer: Organizer): Promise<OpenReport[]> {
  const waiting = await readOpen(db, forOrganizer(organizer))
  const { slug } = organizer.group
  return Promise.all(
    waiting.map(async (one) => {
      const { copy, where, written } = await findPlace(db, one.report, slug)
      return { ...showOpen(one), copy, where, may: written ? [...ALWAYS, 'hidden' as const] : ALWAYS }
    }),
  )
}

const ALWAYS: Decision[] = ['stands', 'acted']

/** The words that were reported, and where they stand. */
async function findPlace(
  reader: Reader,
  { kind, targetId }: ReportRow,
  slug: string,
): Promise<{ copy: string; where: string | null; written: boolean }> {
  const gone = { copy: '', where: null, written: false }
  if (kind === 'person') return { ...gone, where: `/groups/${slug}/members` }
  if (kind === 'announcement') {
    const [found] = await reader
      .select({ title: announcements.title, body: announcements.body })
      .from(announcements)
      .where(and(eq(announcements.id, targetId), isNull(announcements.withdrawnAt)))
    return found
      ? { copy: `${found.title}\n\n${found.body}`, where: `/groups/${slug}/announcements`, written: false }
      : gone
  }
  const [found] = await reader
    .select({ body: posts.body, hiddenAt: posts.hiddenAt, thread: threads })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, targetId), isNull(posts.withdrawnAt)))
  if (!found) return gone
  return {
    copy: found.body,
    where: pathOfPost(slug, found.thread, targetId),
    written: found.hiddenAt === null,
  }
}

/** Reports that wait for the operator, with the words as they were sent, and what is suspended. */
export async function listOperatorReports(house: House, _operator: Operator): Promise<OperatorQueue> {
  const { db } = house
  const waiting = await readOpen(db, eq(reports.to, 'operator'))
  const closed = await db
    .select({ id: groups.id, name: groups.name, reason: groups.suspendReason, since: groups.suspendedAt })
    .from(groups)
    .where(isNotNull(groups.suspendedAt))
    .orderBy(desc(groups.suspendedAt))
    .limit(MOST_SHOWN)
  const shut = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      reason: accounts.suspendReason,
      since: accounts.suspendedAt,
    })
    .from(accounts)
    .where(isNotNull(accounts.suspendedAt))
    .orderBy(desc(accounts.suspendedAt))
    .limit(MOST_SHOWN)
  return {
    open: await Promise.all(
      waiting.map(async (one) => ({
        ...showOpen(one),
        copy: one.report.copy,
        where: await publicPlace(db, one.report),
        may: operatorMay(one.report),
      })),
    ),
    groups: closed.map(showSuspended),
    accounts: shut.map(showSuspended),
    appeals: await appealAddress(house, db),
    contactSet: house.config.contact !== undefined,
  }
}

export function operatorMay({ kind, aboutId }: ReportRow): Decision[] {
  return [
    ...ALWAYS,
    ...(kind === 'post' ? (['hidden'] as const) : []),
    ...(kind === 'group' ? (['group-suspended'] as const) : []),
    ...(aboutId ? (['account-suspended'] as const) : []),
  ]
}

/** Pages that everybody can open; an operator has no way into a group. */
async function publicPlace(reader: Reader, { kind, targetId }: ReportRow): Promise<string | null> {
  if (kind === 'group') {
    const [group] = await reader
      .select({ slug: groups.slug, visibility: groups.visibility })
      .from(groups)
      .where(eq(groups.id, targetId))
    return group?.visibility === 'public' ? `/groups/${group.slug}` : null
  }
  if (kind === 'organizer') {
    const [account] = await reader
      .select({ slug: accounts.publicSlug })
      .from(accounts)
      .where(eq(accounts.id, targetId))
    return account?.slug ? `/organizers/${account.slug}` : null
  }
  return null
}

type Waiting = { report: ReportRow; reporter: string; about: string | null }

function readOpen(reader: Reader, which: ReturnType<typeof and>): Promise<Waiting[]> {
  const about = alias(accounts, 'about')
  return reader
    .select({ report: reports, reporter: accounts.name, about: about.name })
    .from(reports)
    .innerJoin(accounts, eq(accounts.id, reports.reporterId))
    .leftJoin(about, eq(about.id, reports.aboutId))
    .where(and(which, isNull(reports.decidedAt)))
    .orderBy(asc(reports.sentAt), asc(reports.id))
    .limit(MOST_SHOWN)
}

const showOpen = ({ report, reporter, about }: Waiting) => ({
  id: report.id,
  kind: report.kind,
  reason: report.reason,
  words: report.words,
  reporter,
  about: report.aboutId && about !== null ? { id: report.aboutId, name: about } : null,
  sentAt: report.sentAt.toISOString(),
})

const showSuspended = (one: { id: string; name: string; reason: string | null; since: Date | null }) => ({
  id: one.id,
  name: one.name,
  reason: one.reason ?? '',
  since: one.since?.toISOString() ?? '',
})
