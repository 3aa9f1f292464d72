import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, blockedPeople, memberships, reports } from '#db/schema.ts'
import type { Decider, ReportTarget, TargetKind } from '#shared/moderation.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { findTarget, type Target } from './targets.ts'

type Asked = { kind: TargetKind; target: string; within?: string | undefined }

/** What somebody is about to report, who may be told, and what each of them would read. */
export async function readTarget(house: House, signedIn: SignedIn, asked: Asked): Promise<ReportTarget> {
  const { db } = house
  const target = await findTarget(house, db, signedIn, asked)
  const { id, about, group, copy } = target
  const organizers = await findOrganizers(db, target, signedIn.account.id)
  const told = await db
    .selectDistinct({ to: reports.to })
    .from(reports)
    .where(openOn(asked.kind, id, signedIn.account.id))
  return {
    kind: asked.kind,
    id,
    about: about && { ...about, blocked: await hasBlocked(db, signedIn.account.id, about.id) },
    group: group && { slug: group.slug, name: group.name },
    copy,
    organizers: organizers.map(({ name }) => name),
    to: waysFor(organizers),
    told: told.map(({ to }) => to),
  }
}

/** The organizers decide, unless there is none but me and whom it is about. */
export const waysFor = (organizers: unknown[]): Decider[] =>
  organizers.length > 0 ? ['organizers', 'operator'] : ['operator']

export type Organizing = { id: string; name: string; email: string }

/** Who organizes the group, without whoever reports and without whom it is about. */
export async function findOrganizers(
  reader: Reader,
  { inside, group, about }: Pick<Target, 'inside' | 'group' | 'about'>,
  reporterId: string,
): Promise<Organizing[]> {
  if (!inside || !group) return []
  return reader
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
        isNull(accounts.suspendedAt),
        ne(accounts.id, reporterId),
        about ? ne(accounts.id, about.id) : undefined,
      ),
    )
    .orderBy(asc(memberships.turn))
}

/** A report of mine about this that nobody decided yet. */
export const openOn = (kind: TargetKind, targetId: string, reporterId: string) =>
  and(
    eq(reports.kind, kind),
    eq(reports.targetId, targetId),
    eq(reports.reporterId, reporterId),
    isNull(reports.decidedAt),
  )

async function hasBlocked(reader: Reader, accountId: string, blockedId: string): Promise<boolean> {
  const [found] = await reader
    .select({ since: blockedPeople.since })
    .from(blockedPeople)
    .where(and(eq(blockedPeople.accountId, accountId), eq(blockedPeople.blockedId, blockedId)))
  return found !== undefined
}
