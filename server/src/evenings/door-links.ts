import { and, asc, eq, isNull } from 'drizzle-orm'
import { accounts, doorLinks } from '#db/schema.ts'
import { MOST_DOOR_LINKS, type DoorLink } from '#shared/evenings.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { lockPlaces } from '../sessions/places.ts'

export async function listDoorLinks(house: House, { session }: Chair): Promise<DoorLink[]> {
  const rows = await house.db
    .select({ link: doorLinks, madeBy: accounts.name })
    .from(doorLinks)
    .leftJoin(accounts, eq(accounts.id, doorLinks.madeBy))
    .where(eq(doorLinks.sessionId, session.id))
    .orderBy(asc(doorLinks.createdAt), asc(doorLinks.id))
  return rows.map(({ link: { id, kind, label, createdAt, revokedAt }, madeBy }) => ({
    id,
    kind,
    label,
    madeBy,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    link:
      revokedAt === null
        ? kind === 'helper'
          ? `${house.config.origin}/door/${house.links.sign('door', id)}`
          : `${house.config.origin}/arrive/${house.links.sign('poster', id)}`
        : null,
  }))
}

/** The id is the writer's, so that sending it twice makes one. */
export async function makeDoorLink(
  house: House,
  chair: Chair,
  { id, kind, label }: { id: string; kind: 'helper' | 'poster'; label: string },
): Promise<DoorLink[]> {
  const { member, session } = chair
  requireOpenGroup(member.group)
  await house.db.transaction(async (tx) => {
    const { status } = await lockPlaces(tx, session.id)
    if (status === 'cancelled' || status === 'wrapped-up')
      throw new Refusal('conflict', 'This session is over, so nobody comes to its door any more.')
    const [known] = await tx.select().from(doorLinks).where(eq(doorLinks.id, id))
    if (known?.sessionId === session.id) return
    if (known) throw new Refusal('conflict', 'This link was made already. Reload the page and try again.')
    if ((await tx.$count(doorLinks, eq(doorLinks.sessionId, session.id))) >= MOST_DOOR_LINKS)
      throw new Refusal('conflict', `A session has at most ${MOST_DOOR_LINKS} links to its door.`)
    await tx.insert(doorLinks).values({
      id,
      groupId: session.groupId,
      sessionId: session.id,
      kind,
      label: label.trim(),
      madeBy: member.account.id,
      createdAt: house.now(),
    })
  })
  return listDoorLinks(house, chair)
}

/** From then on it opens nothing; what its helper did stays. */
export async function revokeDoorLink(house: House, chair: Chair, linkId: string): Promise<DoorLink[]> {
  const ours = and(eq(doorLinks.id, linkId), eq(doorLinks.sessionId, chair.session.id))
  if ((await house.db.$count(doorLinks, ours)) === 0)
    throw new Refusal('not-found', 'There is no such link to this door.')
  await house.db
    .update(doorLinks)
    .set({ revokedAt: house.now() })
    .where(and(ours, isNull(doorLinks.revokedAt)))
  return listDoorLinks(house, chair)
}
