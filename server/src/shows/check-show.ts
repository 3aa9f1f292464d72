import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import pLimit from 'p-limit'
import { groups, shows } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { NotGiven } from '../episodes/fetch-outside.ts'
import type { House } from '../house.ts'
import { askFeed, type Asked } from './ask-feed.ts'
import type { ShowRow } from './guards.ts'
import { keepFeed } from './keep-feed.ts'
import { afterFailing } from './next-check.ts'

const AT_ONCE = 4
const MOST_A_RUN = 200
/** Taken for so long; a process that dies over one leaves it to the next. */
const TAKEN_FOR = 15 * 60_000

/** Looks every five minutes for feeds that it is time to ask. */
export function repeatLooking(house: House): void {
  house.jobs.repeat('look-at-shows', '*/5 * * * *', () => lookAtDueShows(house))
}

async function lookAtDueShows(house: House): Promise<void> {
  const due = await house.db
    .select({ id: shows.id, nextCheckAt: shows.nextCheckAt })
    .from(shows)
    .innerJoin(groups, eq(groups.id, shows.groupId))
    .where(
      and(
        lte(shows.nextCheckAt, house.now()),
        isNull(shows.stoppedAt),
        isNull(groups.archivedAt),
        isNull(groups.suspendedAt),
      ),
    )
    .orderBy(asc(shows.nextCheckAt))
    .limit(MOST_A_RUN)
  const takeTurn = pLimit(AT_ONCE)
  await Promise.all(
    due.map(({ id, nextCheckAt }) =>
      takeTurn(async () => {
        const [mine] = await house.db
          .update(shows)
          .set({ nextCheckAt: new Date(house.now().getTime() + TAKEN_FOR) })
          .where(and(eq(shows.id, id), eq(shows.nextCheckAt, nextCheckAt)))
          .returning()
        if (mine) await checkShow(house, mine)
      }),
    ),
  )
}

/** Asks the feed of a show, and keeps what it gives, or why it gives nothing. */
export async function checkShow(house: House, show: ShowRow): Promise<void> {
  let asked: Asked
  try {
    asked = await askFeed(house, show)
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return keepProblem(house, show, problem)
  }
  await house.db.transaction(async (tx) => {
    const [now] = await tx.select().from(shows).where(eq(shows.id, show.id)).for('update')
    // Somebody gave it another address meanwhile, or stopped following.
    if (now?.feedUrl === show.feedUrl && now.stoppedAt === null) await keepFeed(house, tx, now, asked)
  })
}

async function keepProblem(house: House, { id, feedUrl }: ShowRow, problem: Refusal): Promise<void> {
  const now = house.now()
  await house.db.transaction(async (tx) => {
    const [show] = await tx.select().from(shows).where(eq(shows.id, id)).for('update')
    if (show?.feedUrl !== feedUrl) return
    const failures = show.failures + 1
    const since = show.failingSince ?? now
    const { answered, retryAfter } = problem instanceof NotGiven ? problem : {}
    await tx
      .update(shows)
      .set({
        checkedAt: now,
        failures,
        failingSince: since,
        problem: problem.message,
        nextCheckAt: afterFailing({ failures, since, gone: answered === 410, retryAfter }, now),
      })
      .where(eq(shows.id, id))
  })
}
