import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { templates, templateVersions } from '#db/schema.ts'
import { minutesOf } from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import { withKeys } from '#shared/template-blocks.ts'
import { LARGEST_FILE, type TemplateBody } from '#shared/templates.ts'
import type { Facilitator } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { bodyWords } from './body-words.ts'
import type { TemplateRow } from './guards.ts'

/** A plan that is shorter or longer is no session (shared/src/guide.ts). */
const SHORTEST = 5
const LONGEST = 480

type Source = Partial<
  Pick<
    typeof templates.$inferInsert,
    | 'sourceKind'
    | 'sourceAddress'
    | 'sourceTitle'
    | 'sourceVersion'
    | 'sourceAuthor'
    | 'sourceLicence'
    | 'base'
    | 'upstream'
    | 'upstreamVersion'
    | 'etag'
  >
>

/** Makes a template with its first version. A retry changes nothing; an id of another group is refused. */
export async function makeTemplate(
  house: House,
  tx: Transaction,
  { account, group }: Facilitator,
  id: string,
  body: TemplateBody,
  source: Source = {},
): Promise<void> {
  const now = house.now()
  const [made] = await tx
    .insert(templates)
    .values({
      ...{ id, groupId: group.id, version: 1, createdBy: account.id, createdAt: now },
      ...source,
      ...(source.sourceKind ? { sourceTakenAt: now } : {}),
      // Looked at already, just now.
      ...(source.sourceKind === 'link' && source.upstreamVersion
        ? { checkedAt: now, nextCheckAt: new Date(now.getTime() + DAY) }
        : {}),
    })
    .onConflictDoNothing()
    .returning()
  if (made) return addVersion(house, tx, made, 1, body, account.id)
  const [taken] = await tx.select().from(templates).where(eq(templates.id, id))
  if (taken?.groupId !== group.id) throw new Refusal('conflict')
}
const DAY = 86_400_000

/**
 * Saves the next version, on top of the one that it was made from. Saving the same once more, as a retry does, changes
 * nothing.
 */
export async function saveVersion(
  house: House,
  tx: Transaction,
  { account }: Facilitator,
  templateId: string,
  basedOn: number,
  draft: TemplateBody,
): Promise<TemplateRow> {
  const template = await lockTemplate(tx, templateId)
  const body = tidy(draft)
  const newest = await readBody(tx, template.id, template.version)
  if (bodyWords(newest) === bodyWords(body)) return template
  if (template.version !== basedOn)
    throw new Refusal(
      'conflict',
      `Somebody else saved version ${template.version} meanwhile. What you wrote is still here: look at theirs, then save yours as the next version or leave it.`,
      'basedOn',
    )
  const next = template.version + 1
  await addVersion(house, tx, template, next, body, account.id)
  const [changed] = await tx
    .update(templates)
    .set({ version: next })
    .where(eq(templates.id, template.id))
    .returning()
  return changed ?? template
}

export async function lockTemplate(tx: Transaction, id: string): Promise<TemplateRow> {
  const [template] = await tx.select().from(templates).where(eq(templates.id, id)).for('update')
  if (!template) throw new Refusal('not-found')
  return template
}

export async function readBody(
  db: Pick<Transaction, 'select'>,
  templateId: string,
  number: number,
): Promise<TemplateBody> {
  const [found] = await db
    .select({ body: templateVersions.body })
    .from(templateVersions)
    .where(and(eq(templateVersions.templateId, templateId), eq(templateVersions.number, number)))
  if (!found)
    throw new Refusal('not-found', 'There is no such version of this template. Look at the newest one.')
  return found.body
}

async function addVersion(
  house: House,
  tx: Transaction,
  { id, groupId }: TemplateRow,
  number: number,
  draft: TemplateBody,
  savedBy: string,
): Promise<void> {
  const body = tidy(draft)
  requireUsable(body)
  await tx
    .insert(templateVersions)
    .values({ groupId, templateId: id, number, body, savedBy, savedAt: house.now() })
}

const tidy = (body: TemplateBody): TemplateBody => ({
  ...body,
  title: body.title.trim(),
  purpose: body.purpose.trim(),
  forWhom: body.forWhom.trim(),
  blocks: withKeys(body.blocks),
})

function requireUsable(body: TemplateBody): void {
  const minutes = minutesOf(body.blocks)
  if (minutes < SHORTEST || minutes > LONGEST)
    throw new Refusal(
      'invalid',
      `A template takes ${SHORTEST} minutes to 8 hours; these blocks take ${minutes}. Change their minutes.`,
      'blocks',
    )
  const { least, best, most } = body.groupSize
  if (least > best || best > most)
    throw new Refusal(
      'invalid',
      'The best group size lies between the least and the most people. Change one of the three.',
      'groupSize',
    )
  const words = JSON.stringify(body)
  if (words.includes('\\u0000'))
    throw new Refusal('invalid', 'There is a character in it that can’t be kept. Write that line anew.')
  // Everything that is saved can be taken along as a file, and be imported again.
  if (words.length > LARGEST_FILE * 0.75)
    throw new Refusal(
      'invalid',
      `All words of a template together may have ${(LARGEST_FILE * 0.75).toLocaleString('en')} characters; these have ${words.length.toLocaleString('en')}. Shorten some notes.`,
    )
}
