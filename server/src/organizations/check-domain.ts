import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { Resolver } from 'node:dns/promises'
import { organizationDomains } from '#db/schema.ts'
import { DNS_LOOKED_FOR_DAYS, type OrganizationDomain } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'
import { recordOf, showDomain, type DomainRow } from './list-domains.ts'
import { lockOrganization } from './lock-organization.ts'
import { proveDomain } from './prove-domain.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const SOONEST_AGAIN = 2 * MINUTE
const LATEST_AGAIN = 360 * MINUTE
/** Domains that are looked for in one minute, those that waited longest first. */
const MOST_AT_ONCE = 50

/** Name servers are asked within a minute, then again and again, ever more rarely, for two weeks. */
export function handleDomainJobs(house: House): void {
  house.jobs.repeat('check-domains', '* * * * *', async () => {
    const since = new Date(house.now().getTime() - DNS_LOOKED_FOR_DAYS * DAY)
    const rows = await house.db
      .select()
      .from(organizationDomains)
      .where(and(waiting, gt(organizationDomains.askedAt, since)))
      .orderBy(sql`${organizationDomains.checkedAt} nulls first`, asc(organizationDomains.id))
    // Nobody waits behind the slow name servers of others, nor for what went wrong with theirs.
    const due = rows.filter((row) => isDue(house, row)).slice(0, MOST_AT_ONCE)
    const looked = await Promise.allSettled(due.map((row) => lookFor(house, row)))
    const failed = looked.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  })
}

const waiting = and(eq(organizationDomains.method, 'dns'), isNull(organizationDomains.verifiedAt))

function isDue({ now }: House, { askedAt, checkedAt }: DomainRow): boolean {
  const age = now().getTime() - askedAt.getTime()
  const pause = Math.min(Math.max(age / 6, SOONEST_AGAIN), LATEST_AGAIN)
  return !checkedAt || now().getTime() - checkedAt.getTime() >= pause
}

/** Looks for the record here and now, because an admin asked. */
export async function checkDomain(
  house: House,
  { organization }: Admin,
  domainId: string,
): Promise<OrganizationDomain> {
  const [row] = await house.db
    .select()
    .from(organizationDomains)
    .where(and(eq(organizationDomains.id, domainId), eq(organizationDomains.organizationId, organization.id)))
  if (!row) throw new Refusal('not-found')
  if (row.verifiedAt) return showDomain(house, row)
  if (row.method === 'mail')
    throw new Refusal('invalid', 'This domain is proven by mail. Open the link in the mail, or send another.')
  return showDomain(house, await lookFor(house, row))
}

/** Proves the domain when its record is there; otherwise keeps one sentence of what is wrong. */
async function lookFor(house: House, row: DomainRow): Promise<DomainRow> {
  const problem = await problemOf(house, row)
  return house.db.transaction(async (tx) => {
    await lockOrganization(tx, row.organizationId)
    const [now] = await tx
      .select()
      .from(organizationDomains)
      .where(and(eq(organizationDomains.id, row.id), waiting))
    if (!now) return row
    const keep = async (sentence: string | null) => {
      const [checked] = await tx
        .update(organizationDomains)
        .set({ checkedAt: house.now(), problem: sentence })
        .where(eq(organizationDomains.id, row.id))
        .returning()
      return checked ?? now
    }
    if (problem !== undefined) return keep(problem)
    try {
      return await proveDomain(house, tx, await keep(null))
    } catch (no) {
      // Another organization was quicker.
      if (no instanceof Refusal) return keep(no.message)
      throw no
    }
  })
}

async function problemOf(house: House, row: DomainRow): Promise<string | undefined> {
  const { name, value } = recordOf(house, row)
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  if (house.config.dnsServers) resolver.setServers(house.config.dnsServers)
  try {
    const records = (await resolver.resolveTxt(name)).map((chunks) => chunks.join('').trim())
    if (records.includes(value)) return undefined
    return `There is a TXT record at ${name}, but with another value. Copy the value from this page once more.`
  } catch (problem) {
    switch ((problem as NodeJS.ErrnoException).code) {
      case 'ENOTFOUND':
      case 'ENODATA':
        return `There is no TXT record at ${name} yet. A new one can take an hour until it is seen.`
      default:
        return `The name servers of ${row.domain} did not answer. We ask again by ourselves.`
    }
  }
}
