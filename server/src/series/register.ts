import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { registrations } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Series, SeriesLink } from '#shared/series.ts'
import type { GroupRow } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayWhereAndHow } from '../sessions/where.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { comeToAll, comeToNone, readAhead, readSaid } from './come.ts'
import { lockSeries, type SeriesRight, type SeriesRow, type SeriesSeat } from './guards.ts'
import { readSeries, wordsOf } from './read-series.ts'
import { readSeriesLink } from './read-series-link.ts'
import { asFile, listDates, seriesPage } from './series-letters.ts'

/** Comes to all sessions that lie ahead, and to those that are added. What somebody said of one session stands. */
export async function register(house: House, { member, series }: SeriesSeat): Promise<Series> {
  await house.db.transaction((tx) => enter(house, tx, member.group, series, member.account))
  return readSeries(house, member, series.id)
}

/** Nothing is said any more of sessions that lie ahead, but where somebody said that they can't. */
export async function unregister(house: House, { member, series }: SeriesSeat): Promise<Series> {
  await house.db.transaction((tx) => withdraw(house, tx, member.group, series, member.account))
  return readSeries(house, member, series.id)
}

/** The same from a mail, without signing in. */
export async function useSeriesLink(
  house: House,
  right: SeriesRight,
  registered: boolean,
): Promise<SeriesLink> {
  const { account, group, series } = right
  await house.db.transaction((tx) => (registered ? enter : withdraw)(house, tx, group, series, account))
  return readSeriesLink(house, right)
}

async function enter(
  house: House,
  tx: Transaction,
  group: GroupRow,
  { id }: SeriesRow,
  account: AccountRow,
): Promise<void> {
  requireOpenGroup(group)
  const series = await lockSeries(tx, id)
  const ahead = await readAhead(tx, house, id)
  if (ahead.length === 0)
    throw new Refusal(
      'conflict',
      'Nothing of this series lies ahead any more, so there is nothing to register for.',
    )
  const [added] = await tx
    .insert(registrations)
    .values({ groupId: group.id, seriesId: id, accountId: account.id, registeredAt: house.now() })
    .onConflictDoNothing()
    .returning()
  if (!added) return
  await comeToAll(house, tx, ahead, [account.id])
  if (account.sample) return
  const said = await readSaid(
    tx,
    ahead.map((session) => session.id),
    account.id,
  )
  await sendMail(house, tx, {
    to: account.email,
    subject: `You are registered: ${series.title}`,
    paragraphs: [
      `You come to ${series.title} of ${group.name}. ${wordsOf(series)}, at ${series.startsLocal.slice(11)} (${series.zone}).`,
      listDates(ahead, series.zone, series.followsProgramme),
      sayWhereAndHow(group, series),
      'If you can’t make one of them, say so for that one on its page, or with the link in the reminder.',
    ],
    action: { label: 'See the dates', url: seriesPage(house, group.slug, id) },
    calendar: asFile(house, group, ahead, said),
    footer: `You get this because you registered for ${series.title} of ${group.name} on Shortside.`,
  })
}

async function withdraw(
  house: House,
  tx: Transaction,
  group: GroupRow,
  { id }: SeriesRow,
  account: AccountRow,
): Promise<void> {
  requireOpenGroup(group)
  await lockSeries(tx, id)
  const [gone] = await tx
    .delete(registrations)
    .where(and(eq(registrations.seriesId, id), eq(registrations.accountId, account.id)))
    .returning()
  if (gone) await comeToNone(house, tx, await readAhead(tx, house, id), account.id)
}
