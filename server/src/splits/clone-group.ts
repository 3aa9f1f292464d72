import type { Transaction } from '#db/connect.ts'
import { invites } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { CLONE_INVITE_DAYS, type CloneDraft } from '#shared/splits.ts'
import { inDays, inviteLink } from '../groups/create-invite.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { footerOf, readAddressees } from '../sessions/mail-members.ts'
import { startLike } from './start-like.ts'

/**
 * A new group like this one, for other people or for the same ones, whom a mail then invites. Also of a group that has
 * ended: to begin again is a good reason.
 */
export async function cloneGroup(house: House, organizer: Organizer, { id, name, invite }: CloneDraft) {
  if (invite && !organizer.account.verifiedAt) throw new Refusal('not-verified')
  const { slug } = await startLike(house, organizer, { id, name }, async (tx, started) => {
    if (invite) await inviteEverybody(house, tx, organizer, started)
  })
  return { id, slug }
}

/** One link for as many people as there are: addresses of members are not shown to the organizer of the new group. */
async function inviteEverybody(
  house: House,
  tx: Transaction,
  { account, group }: Organizer,
  started: GroupRow,
): Promise<void> {
  const people = await readAddressees(tx, group.id, account.id)
  if (people.length === 0) return
  const [made] = await tx
    .insert(invites)
    .values({
      groupId: started.id,
      createdBy: account.id,
      maxUses: people.length,
      createdAt: house.now(),
      expiresAt: inDays(house, CLONE_INVITE_DAYS),
    })
    .returning({ id: invites.id })
  if (!made) return
  for (const { name, email } of people)
    await sendMail(house, tx, {
      to: email,
      subject: `${account.name} invites you to ${started.name}`,
      paragraphs: [
        `Hello ${name},`,
        `${account.name} starts ${started.name}, with the settings and the working agreement of ${group.name}, and invites you to it. Nothing that was said in ${group.name} goes along.`,
        'The page behind the link says what the group is and who reads what. You decide there.',
      ],
      action: { label: 'Look at the invite', url: inviteLink(house, made.id) },
      footer: `${footerOf(group)} The invite is open for ${CLONE_INVITE_DAYS} days. If you do nothing, nothing happens.`,
    })
}
