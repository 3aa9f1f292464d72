import { eq, isNull, sql } from 'drizzle-orm'
import { commitments, sessions } from '#db/schema.ts'
import { commitmentCalls as calls } from '#shared/commitments.ts'
import { requireFacilitator } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { closeCommitment } from './close-commitment.ts'
import { readCommitmentsOf, readCommitmentsWithPlace } from './read-commitments.ts'

export function addCommitmentRoutes(house: House, app: App): void {
  answer(house, app, calls.listMyCommitments, requireSignIn, ({ account }) =>
    readCommitmentsWithPlace(house.db, eq(commitments.accountId, account.id)),
  )
  answer(house, app, calls.closeCommitment, requireSignIn, (signedIn, input) =>
    closeCommitment(house, signedIn, input),
  )
  answer(house, app, calls.listGroupCommitments, requireFacilitator, ({ group }) =>
    readCommitmentsOf(
      house.db,
      sql`${eq(commitments.groupId, group.id)} and ${isNull(sessions.forgottenAt)}`,
    ),
  )
}
