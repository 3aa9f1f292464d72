import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, memberships } from '#db/schema.ts'
import type { Group, GroupDraft } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { makeRoom } from '../rooms/rooms.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { checkFacts, requireFitting } from './check-facts.ts'
import type { GroupRow } from './guards.ts'
import { askForApproval, placeInOrganization } from './place-in-organization.ts'
import { showGroup } from './show-group.ts'
import { slugsFor } from '../slug.ts'

/**
 * Starts a group; whoever starts it is its first organizer. A retry gets the answer of the first try.
 * @param also what belongs to its start, once
 */
export async function createGroup(
  house: House,
  { account }: SignedIn,
  draft: GroupDraft,
  also?: (tx: Transaction, group: GroupRow) => Promise<void>,
): Promise<Group> {
  const { organization, ...given } = draft
  const facts = checkFacts(house, account, given)
  const now = house.now()
  return house.db.transaction(async (tx) => {
    const home = organization
      ? await placeInOrganization(house, tx, account, facts.kind, organization)
      : undefined
    requireFitting(facts, home !== undefined)
    const group = await insertGroup(tx, { ...facts, ...home?.placed, sample: account.sample }, now)
    if (!group) return earlierGroup(tx, account.id, draft.id)
    await makeRoom(tx, group.id, group.id, 'group')
    await tx.insert(memberships).values({
      groupId: group.id,
      accountId: account.id,
      role: 'organizer',
      status: 'active',
      joinedAt: now,
      createdAt: now,
    })
    if (home) {
      await keepAudit(house, tx, {
        action: 'group-placed',
        groupId: group.id,
        organizationId: home.organization.id,
        actorId: account.id,
        detail: { approval: home.placed.approval },
      })
      await askForApproval(house, tx, group, home, account)
    }
    await also?.(tx, group)
    return showGroup(tx, group, 'organizer')
  })
}

/** Tries one address after the other, until one is free. Nothing when the id is taken: that is a retry. */
async function insertGroup(
  tx: Transaction,
  facts: Omit<GroupDraft, 'organization'> &
    Pick<GroupRow, 'sample'> &
    Partial<Pick<GroupRow, 'organizationId' | 'approval'>>,
  now: Date,
): Promise<GroupRow | undefined> {
  const { firstSessionAt, ...rest } = facts
  for (const slug of slugsFor(facts.name, facts.visibility === 'public')) {
    const [group] = await tx
      .insert(groups)
      .values({
        ...rest,
        slug,
        firstSessionAt: firstSessionAt ? new Date(firstSessionAt) : null,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning()
    if (group) return group
    const [taken] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.id, facts.id))
    if (taken) return undefined
  }
  return undefined
}

async function earlierGroup(tx: Transaction, accountId: string, id: string): Promise<Group> {
  const [mine] = await tx
    .select({ group: groups, role: memberships.role })
    .from(groups)
    .innerJoin(memberships, and(eq(memberships.groupId, groups.id), eq(memberships.accountId, accountId)))
    .where(and(eq(groups.id, id), eq(memberships.status, 'active')))
  if (!mine) throw new Refusal('conflict')
  return showGroup(tx, mine.group, mine.role)
}
