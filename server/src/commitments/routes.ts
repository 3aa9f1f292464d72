import { eq, isNull, sql } from 'drizzle-orm'
import { commitments, sessions } from '#db/schema.ts'
import { commitmentCalls as calls } from '#shared/commitments.ts'
import { requireFacilitator } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { answerWitness } from './answer-witness.ts'
import { closeCommitment } from './close-commitment.ts'
import { listWitnessing } from './list-witnessing.ts'
import { readCommitmentsOf, readCommitmentsWithPlace } from './read-commitments.ts'
import { remindWitnesses } from './tell-witness.ts'

export function addCommitmentRoutes(house: House, app: App): void {
  house.jobs.repeat('remind-witnesses', '7 * * * *', () => remindWitnesses(house))
  answer(house, app, calls.listMyCommitments, requireSignIn, ({ account }) =>
    readCommitmentsWithPlace(house.db, eq(commitments.accountId, account.id)),
  )
  answer(house, app, calls.closeCommitment, requireSignIn, (signedIn, input) =>
    closeCommitment(house, signedIn, input),
  )
  answer(house, app, calls.listWitnessing, requireSignIn, (signedIn) => listWitnessing(house, signedIn))
  answer(house, app, calls.answerWitness, requireSignIn, (signedIn, input) =>
    answerWitness(house, signedIn, input),
  )
  answer(house, app, calls.listGroupCommitments, requireFacilitator, ({ group }) =>
    readCommitmentsOf(
      house.db,
      sql`${eq(commitments.groupId, group.id)} and ${isNull(sessions.forgottenAt)}`,
    ),
  )
}
