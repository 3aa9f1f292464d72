import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { agreementWordings, groups } from '#db/schema.ts'
import type { Agreement } from '#shared/agreements.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockAsOrganizer } from '../groups/places.ts'
import type { House } from '../house.ts'
import { mailMembers } from '../sessions/mail-members.ts'
import { readAgreement } from './read-agreement.ts'

/** Each new wording is a version of its own, which everybody accepts anew; empty words end the agreement. */
export function writeAgreement(
  house: House,
  organizer: Organizer,
  { words, basedOn }: { words: string; basedOn: number },
): Promise<Agreement> {
  const { account } = organizer
  return house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    requireOpenGroup(group)
    // Sent twice, it is written once.
    if (words.trim() === group.agreement) return readAgreement(tx, organizer)
    if (basedOn !== group.agreementVersion)
      throw new Refusal(
        'conflict',
        'Another organizer gave the agreement a new wording meanwhile. Reload the page to read it; copy your words first.',
      )
    const version = group.agreementVersion + 1
    await storeWording(tx, group.id, version, words.trim(), house.now())
    await keepAudit(house, tx, {
      action: 'group-changed',
      groupId: group.id,
      actorId: account.id,
      detail: { setting: 'agreement', version },
    })
    if (words.trim() !== '')
      await mailMembers(house, tx, group, account.id, {
        subject: `How we work together in ${group.name}`,
        paragraphs: [
          `${account.name} gave the working agreement of ${group.name} ${version === 1 ? 'its first' : 'a new'} wording. Please read it, and accept it if you can keep it.`,
          words.trim(),
          'If a line does not fit, say so: an agreement that is only half meant helps nobody.',
        ],
        action: {
          label: 'Read and accept it',
          url: `${house.config.origin}/groups/${group.slug}/agreement`,
        },
      })
    return readAgreement(tx, organizer)
  })
}

export async function storeWording(
  tx: Transaction,
  groupId: string,
  version: number,
  words: string,
  writtenAt: Date,
): Promise<void> {
  await tx.insert(agreementWordings).values({ groupId, version, words, writtenAt })
  await tx.update(groups).set({ agreement: words, agreementVersion: version }).where(eq(groups.id, groupId))
}
