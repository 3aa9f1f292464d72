import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { groups, templates, templateShares, templateVersions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import { withoutSecrets } from '#shared/template-blocks.ts'
import type { SharedTemplate, templateCalls, TemplateShare } from '#shared/templates.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { TemplateKeeper } from './guards.ts'
import { withOrigin } from './origin-line.ts'

type Draft = Input<typeof templateCalls.shareTemplate>['body']
type ShareRow = typeof templateShares.$inferSelect

/** Makes the link of a template, or changes what it shows. A template has one; taken back, the next one is another. */
export async function shareTemplate(
  house: House,
  { member, template }: TemplateKeeper,
  draft: Draft,
): Promise<TemplateShare> {
  requireOpenGroup(member.group)
  const now = house.now()
  return house.db.transaction(async (tx) => {
    const [row] = await tx.select().from(templates).where(eq(templates.id, template.id)).for('update')
    if (!row || draft.number > row.version)
      throw new Refusal(
        'invalid',
        'There is no such version of this template. Share the newest one.',
        'number',
      )
    const words = { ...draft, author: draft.author.trim(), licence: draft.licence.trim(), changedAt: now }
    const [changed] = await tx
      .update(templateShares)
      .set(words)
      .where(and(eq(templateShares.templateId, template.id), isNull(templateShares.revokedAt)))
      .returning()
    if (changed) return show(house, changed)
    const [made] = await tx
      .insert(templateShares)
      .values({
        ...words,
        groupId: member.group.id,
        templateId: template.id,
        sharedBy: member.account.id,
        sharedAt: now,
      })
      .returning()
    if (!made) throw new Error('no link')
    return show(house, made)
  })
}

/** Also in a group that has ended: what is taken back is taken back. */
export async function revokeLink(house: House, { template }: TemplateKeeper): Promise<Record<string, never>> {
  await house.db
    .update(templateShares)
    .set({ revokedAt: house.now() })
    .where(and(eq(templateShares.templateId, template.id), isNull(templateShares.revokedAt)))
  return {}
}

export async function showShare(house: House, templateId: string): Promise<TemplateShare | null> {
  const [share] = await house.db
    .select()
    .from(templateShares)
    .where(and(eq(templateShares.templateId, templateId), isNull(templateShares.revokedAt)))
  return share ? show(house, share) : null
}

function show(house: House, share: ShareRow): TemplateShare {
  const { number, withNotes, withCards, withGroupName, author, licence, sharedAt } = share
  return {
    url: linkOf(house, share.id),
    ...{ number, withNotes, withCards, withGroupName, author, licence },
    sharedAt: sharedAt.toISOString(),
  }
}

const linkOf = ({ config, links }: House, shareId: string) =>
  `${config.origin}/templates/${links.sign('template', shareId)}`

/** What everybody reads who has the link; nothing when it was made up, taken back, or its group is suspended. */
export async function findShared(
  house: House,
  token: string,
  db: Reader = house.db,
): Promise<SharedTemplate | undefined> {
  const id = house.links.read('template', token)
  if (id === undefined) return undefined
  const [found] = await db
    .select({ share: templateShares, body: templateVersions.body, template: templates, group: groups.name })
    .from(templateShares)
    .innerJoin(templates, eq(templates.id, templateShares.templateId))
    .innerJoin(groups, and(eq(groups.id, templateShares.groupId), isNull(groups.suspendedAt)))
    .innerJoin(
      templateVersions,
      and(
        eq(templateVersions.templateId, templateShares.templateId),
        eq(templateVersions.number, templateShares.number),
      ),
    )
    .where(and(eq(templateShares.id, id), isNull(templateShares.revokedAt)))
  if (!found) return undefined
  const { share, body, template, group } = found
  return {
    format: 'shortside-template',
    url: linkOf(house, share.id),
    number: share.number,
    template: withOrigin(withoutSecrets(body, { notes: share.withNotes, cards: share.withCards }), template),
    withNotes: share.withNotes,
    withCards: share.withCards,
    group: share.withGroupName ? group : null,
    author: share.author,
    licence: share.licence,
    changedAt: share.changedAt.toISOString(),
  }
}

export async function readShared(house: House, token: string): Promise<SharedTemplate> {
  const shared = await findShared(house, token)
  if (shared) return shared
  throw new Refusal(
    'not-found',
    'There is no template under this link, or the link was taken back. Ask whoever gave it to you.',
  )
}
