import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, groups, invites, memberships, putOff, shows, signIns } from '#db/schema.ts'
import { MY_DATA_VERSION, type MyData } from '#shared/my-data.ts'
import type { House } from '../house.ts'
import type { AccountRow, SignedIn } from '../sign-in/guards.ts'
import { orNull } from './or-null.ts'
import { readMyCompanySignIns } from './read-my-company-sign-ins.ts'
import { readMyCorrections } from './read-my-corrections.ts'
import { readMyEvenings } from './read-my-evenings.ts'
import { readMyFeedback } from './read-my-feedback.ts'
import { readMyGroupLife } from './read-my-group-life.ts'
import { readMyFollowing } from './read-my-following.ts'
import { readMyListening } from './read-my-listening.ts'
import { readMyModeration } from './read-my-moderation.ts'
import { readMyOrganizations } from './read-my-organizations.ts'
import { readMyLeading } from './read-my-leading.ts'
import { readMyPods } from './read-my-pods.ts'
import { readMyPostParts } from './read-my-post-parts.ts'
import { readMySeries } from './read-my-series.ts'
import { readMySessions } from './read-my-sessions.ts'
import { readMyTemplates } from './read-my-templates.ts'
import { readMyThreads } from './read-my-threads.ts'
import { readMyWitnessing } from './read-my-witnessing.ts'

/** Everything of one account, as it was at one moment. Tokens and other people are not in it. */
export function exportMyData(house: House, { account }: Pick<SignedIn, 'account'>): Promise<MyData> {
  return house.db.transaction(
    async (tx) => ({
      format: 'shortside-my-data' as const,
      version: MY_DATA_VERSION,
      madeAt: house.now().toISOString(),
      origin: house.config.origin,
      account: showAccount(account),
      ...(await readMyCompanySignIns(tx, account.id)),
      ...(await readMyGroups(tx, account.id)),
      ...(await readMyOrganizations(tx, account.id)),
      ...(await readMyGroupLife(tx, account.id)),
      ...(await readMyCorrections(tx, account.id)),
      ...(await readMyThreads(tx, account.id)),
      ...(await readMyFollowing(tx, account.id)),
      ...(await readMyListening(tx, account.id)),
      ...(await readMyPostParts(tx, account.id)),
      ...(await readMySessions(house, tx, account.id)),
      ...(await readMyWitnessing(tx, account.id)),
      ...(await readMySeries(tx, account.id)),
      ...(await readMyEvenings(tx, account.id)),
      ...(await readMyFeedback(house, tx, account.id)),
      ...(await readMyPods(house, tx, account.id)),
      ...(await readMyLeading(tx, account.id)),
      ...(await readMyTemplates(tx, account.id)),
      ...(await readMyModeration(tx, account.id)),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

const showAccount = (account: AccountRow) => ({
  name: account.name,
  email: account.email,
  confirmedAt: orNull(account.verifiedAt),
  zone: account.zone,
  hasPassword: account.passwordHash !== null,
  publicPage: account.publicSlug === null ? null : { slug: account.publicSlug, about: account.about },
  operator: account.operator,
  since: account.createdAt.toISOString(),
  suspendedAt: orNull(account.suspendedAt),
  suspendedBecause: account.suspendReason,
})

async function readMyGroups(tx: Transaction, accountId: string) {
  const open = await tx
    .select()
    .from(signIns)
    .where(eq(signIns.userId, accountId))
    .orderBy(asc(signIns.createdAt))
  const mine = await tx
    .select({ membership: memberships, group: groups.name })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(eq(memberships.accountId, accountId))
    .orderBy(asc(memberships.createdAt))
  const made = await tx
    .select({ invite: invites, group: groups.name })
    .from(invites)
    .innerJoin(groups, eq(groups.id, invites.groupId))
    .where(eq(invites.createdBy, accountId))
    .orderBy(asc(invites.createdAt))
  const imported = await tx
    .select({ group: groups.name, episode: episodes.title, importedAt: episodes.importedAt })
    .from(episodes)
    .innerJoin(groups, eq(groups.id, episodes.groupId))
    .where(eq(episodes.importedBy, accountId))
    .orderBy(asc(episodes.importedAt))
  const followed = await tx
    .select({ group: groups.name, show: shows.title, feed: shows.feedUrl, followedAt: shows.followedAt })
    .from(shows)
    .innerJoin(groups, eq(groups.id, shows.groupId))
    .where(eq(shows.followedBy, accountId))
    .orderBy(asc(shows.followedAt))
  const away = await tx
    .select({ group: groups.name, suggestion: putOff.suggestion, until: putOff.until })
    .from(putOff)
    .innerJoin(groups, eq(groups.id, putOff.groupId))
    .where(eq(putOff.accountId, accountId))
    .orderBy(asc(putOff.until))
  return {
    signIns: open.map(({ device, createdAt, expiresAt }) => ({
      device,
      since: createdAt.toISOString(),
      endsAt: expiresAt.toISOString(),
    })),
    memberships: mine.map(({ group, membership: { role, status, createdAt, joinedAt, endedAt } }) => ({
      group,
      role,
      status,
      askedAt: createdAt.toISOString(),
      joinedAt: orNull(joinedAt),
      endedAt: orNull(endedAt),
    })),
    invitesMade: made.map(({ group, invite }) => ({
      group,
      role: invite.role,
      forOnePerson: invite.email !== null,
      uses: invite.uses,
      maxUses: invite.maxUses,
      madeAt: invite.createdAt.toISOString(),
      expiresAt: invite.expiresAt.toISOString(),
      revokedAt: orNull(invite.revokedAt),
    })),
    showsFollowed: followed.map((one) => ({ ...one, followedAt: one.followedAt.toISOString() })),
    episodesImported: imported.map((one) => ({ ...one, importedAt: one.importedAt.toISOString() })),
    suggestionsPutOff: away.map((one) => ({ ...one, until: one.until.toISOString() })),
  }
}
