import { and, asc, count, desc, eq, max } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, agreementAcceptances, agreementWordings, groups, memberships } from '#db/schema.ts'
import type { Agreement } from '#shared/agreements.ts'
import { MOST_PLACES } from '#shared/groups.ts'
import type { Member } from '../groups/guards.ts'
import { countActive } from '../groups/show-group.ts'
import { renderMarkdown } from '../markdown.ts'

const EARLIER_SHOWN = 20

/** The agreement as it is now. Members read how many accepted it, organizers also who. */
export async function readAgreement(reader: Reader, member: Member): Promise<Agreement> {
  const { account, role } = member
  const groupId = member.group.id
  const [now] = await reader
    .select({ words: groups.agreement, version: groups.agreementVersion })
    .from(groups)
    .where(eq(groups.id, groupId))
  const { words, version } = now ?? { words: '', version: 0 }
  const wordings = await reader
    .select()
    .from(agreementWordings)
    .where(eq(agreementWordings.groupId, groupId))
    .orderBy(desc(agreementWordings.version))
    .limit(EARLIER_SHOWN)
  const [mine] = await reader
    .select({ version: agreementAcceptances.version, acceptedAt: agreementAcceptances.acceptedAt })
    .from(agreementAcceptances)
    .where(and(eq(agreementAcceptances.groupId, groupId), eq(agreementAcceptances.accountId, account.id)))
    .orderBy(desc(agreementAcceptances.version))
    .limit(1)
  const [yes] = await reader
    .select({ people: count() })
    .from(agreementAcceptances)
    .innerJoin(
      memberships,
      and(
        eq(memberships.groupId, agreementAcceptances.groupId),
        eq(memberships.accountId, agreementAcceptances.accountId),
        eq(memberships.status, 'active'),
      ),
    )
    .where(and(eq(agreementAcceptances.groupId, groupId), eq(agreementAcceptances.version, version)))
  return {
    words,
    html: renderMarkdown(words),
    version,
    writtenAt: wordings.find((one) => one.version === version)?.writtenAt.toISOString() ?? null,
    mine: mine ? { version: mine.version, acceptedAt: mine.acceptedAt.toISOString() } : null,
    accepted: yes?.people ?? 0,
    members: await countActive(reader, groupId),
    ...(role === 'organizer' ? { people: await readPeople(reader, groupId) } : {}),
    earlier: wordings
      .filter((one) => one.version < version && one.words !== '')
      .map((one) => ({
        version: one.version,
        html: renderMarkdown(one.words),
        writtenAt: one.writtenAt.toISOString(),
      })),
  }
}

/** Members by name, with what each accepted last. */
async function readPeople(reader: Reader, groupId: string): Promise<Agreement['people']> {
  const rows = await reader
    .select({
      id: accounts.id,
      name: accounts.name,
      version: max(agreementAcceptances.version),
      acceptedAt: max(agreementAcceptances.acceptedAt),
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(
      agreementAcceptances,
      and(
        eq(agreementAcceptances.groupId, memberships.groupId),
        eq(agreementAcceptances.accountId, memberships.accountId),
      ),
    )
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')))
    .groupBy(accounts.id, accounts.name)
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(MOST_PLACES)
  return rows.map((row) => ({ ...row, acceptedAt: row.acceptedAt?.toISOString() ?? null }))
}
