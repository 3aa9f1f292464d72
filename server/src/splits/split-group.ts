import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships, placements } from '#db/schema.ts'
import type { Role } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { SplitDraft } from '#shared/splits.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { footerOf } from '../sessions/mail-members.ts'
import { startLike } from './start-like.ts'

type Person = { id: string; name: string; email: string; role: Role; sample: boolean }

/** Offers some members a place in a new group. Each of them moves or stays; the history stays here. */
export async function splitGroup(
  house: House,
  organizer: Organizer,
  { id, name, accountIds, organizerIds }: SplitDraft,
) {
  const { account, group } = organizer
  requireOpenGroup(group)
  const people = await readPeople(house, group.id)
  const chosen = requireSensible(people, accountIds, organizerIds)
  const places = Math.max(2, group.places, accountIds.length)
  const { slug } = await startLike(house, organizer, { id, name, places }, async (tx, started) => {
    await tx.insert(placements).values(
      chosen.map((person) => ({
        groupId: started.id,
        fromGroupId: group.id,
        accountId: person.id,
        role: roleOf(person, organizerIds),
        offeredBy: account.id,
        offeredAt: house.now(),
      })),
    )
    await tellEverybody(house, tx, organizer, started, people, chosen, organizerIds)
  })
  return { id, slug }
}

const readPeople = (house: House, groupId: string): Promise<Person[]> =>
  house.db
    .select({
      id: accounts.id,
      name: accounts.name,
      email: accounts.email,
      role: memberships.role,
      sample: accounts.sample,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')))

function requireSensible(people: Person[], accountIds: string[], organizerIds: string[]): Person[] {
  const chosen = people.filter(({ id }) => accountIds.includes(id))
  if (chosen.length < accountIds.length)
    throw new Refusal(
      'invalid',
      'Somebody you chose is no longer in the group. Reload the page and choose again.',
      'accountIds',
    )
  if (!organizerIds.every((id) => accountIds.includes(id)))
    throw new Refusal(
      'invalid',
      'Choose the organizers of the new group among those who go there.',
      'organizerIds',
    )
  const staying = people.filter(({ id }) => !accountIds.includes(id))
  if (staying.length === 0)
    throw new Refusal(
      'invalid',
      'Somebody has to stay here. To start anew with everybody, clone the group.',
      'accountIds',
    )
  if (!staying.some(({ role }) => role === 'organizer'))
    throw new Refusal(
      'invalid',
      'An organizer has to stay here. Give somebody who stays the role of an organizer first, or stay yourself.',
      'accountIds',
    )
  return chosen
}

/** Whoever organized here and does not there runs sessions, like before. */
function roleOf({ id, role }: Person, organizerIds: string[]): Role {
  if (organizerIds.includes(id)) return 'organizer'
  return role === 'member' ? 'member' : 'facilitator'
}

async function tellEverybody(
  house: House,
  tx: Transaction,
  { account, group }: Organizer,
  started: GroupRow,
  people: Person[],
  chosen: Person[],
  organizerIds: string[],
): Promise<void> {
  const names = new Intl.ListFormat('en-GB').format(chosen.map(({ name }) => name))
  for (const person of people) {
    if (person.sample || person.id === account.id) continue
    const asked = chosen.includes(person)
    await sendMail(house, tx, {
      to: person.email,
      subject: asked ? `A place for you in ${started.name}` : `${group.name} becomes two groups`,
      paragraphs: [
        `Hello ${person.name},`,
        `${account.name} suggests that ${group.name} goes on as two smaller groups, so that everybody gets to speak.`,
        ...(asked
          ? [
              `There is a place for you in the new one, ${started.name}${organizerIds.includes(person.id) ? ', and you are asked to organize it' : ''}. These are asked to go on there: ${names}.`,
              `You decide. When you move, you leave ${group.name}; what was written there stays there, and what you promised stays yours. When you would rather stay, you stay.`,
            ]
          : [
              `These are asked to go on in ${started.name}: ${names}. You stay where you are, and nothing changes for you but that the circle is smaller.`,
            ]),
      ],
      action: {
        label: asked ? 'Move or stay' : 'Open the group',
        url: `${house.config.origin}/groups/${group.slug}${asked ? '/members' : ''}`,
      },
      footer: footerOf(group),
    })
  }
}
