import { and, asc, eq, max, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { chapters, episodes, segments, sessions } from '#db/schema.ts'
import { minutesOf, type PlanOptions, type TemplateBlock } from '#shared/guide.ts'
import { overDaysProblem, planOverDays } from '#shared/live/over-days.ts'
import { nextStep } from '#shared/programme-progress.ts'
import { Refusal } from '#shared/refusals.ts'
import { fitPlan, planOfEpisode } from '#shared/session-plan.ts'
import { LONGEST_PREPARATION, type SessionDraft } from '#shared/sessions.ts'
import { withKeys } from '#shared/template-blocks.ts'
import type { TemplateBody } from '#shared/templates.ts'
import type { GroupRow } from '../groups/guards.ts'
import { findGroupTemplate } from '../guide/group-template.ts'
import { findProgramme, findTemplate } from '../guide/read-guide.ts'

const EPISODE_CIRCLE = 'episode-circle'
const USUAL_MINUTES = 60

/** What a new session begins with. */
export type Outline = {
  title: string
  purpose: string
  preparation: string
  templateId: string | null
  /** The template of the group, and which version of it. */
  groupTemplateId: string | null
  templateVersion: number | null
  programmeStep: number | null
  minutes: number
  blocks: OutlineBlock[]
}
/** With the block of the template that it was copied from. */
export type OutlineBlock = Omit<TemplateBlock, 'key' | 'options'> & {
  templateKey: string | null
  options: PlanOptions
}

/** Copies a template, or turns an episode's chapters into the middle of an episode circle. */
export async function outlineOf(db: Reader, group: GroupRow, draft: SessionDraft): Promise<Outline> {
  const ours = draft.groupTemplateId === undefined ? undefined : await requireOurs(db, group, draft)
  const templateId = draft.templateId ?? (draft.episodeId && !ours ? EPISODE_CIRCLE : undefined)
  const ofGuide = templateId === undefined ? undefined : findTemplate(templateId)
  if (templateId !== undefined && !ofGuide)
    throw new Refusal('invalid', 'That template is not in the guide. Choose one from the list.', 'templateId')
  const template = asItTook(ours ? ours.template : ofGuide, draft)
  const episode = draft.episodeId ? await readOutlineOfEpisode(db, group, draft.episodeId) : undefined

  const title = draft.title?.trim() ?? episode?.title ?? template?.title
  if (!title)
    throw new Refusal('invalid', 'Give the session a title, or choose a template that has one.', 'title')
  const minutes = draft.minutes ?? template?.minutes ?? USUAL_MINUTES
  const blocks =
    episode && templateId === EPISODE_CIRCLE
      ? planOfEpisode(template?.blocks ?? [], episode.chapters, minutes, episode.duration)
      : fitPlan(template?.blocks ?? [], minutes)
  if (!blocks)
    throw new Refusal(
      'invalid',
      `${minutes} minutes are too few for the ${template?.blocks.length ?? 0} parts of this template. Give it at least ${template?.blocks.length ?? 0}, or choose another.`,
      'minutes',
    )
  return {
    title,
    purpose: template?.purpose ?? '',
    preparation: preparationOf(template?.preparation.everybody ?? [], episode, templateId === EPISODE_CIRCLE),
    templateId: templateId ?? null,
    groupTemplateId: draft.groupTemplateId ?? null,
    templateVersion: ours?.version ?? null,
    programmeStep: templateId ? await stepFor(db, group, templateId) : null,
    minutes,
    blocks: blocks.map(({ key, options = {}, ...block }) => ({
      ...block,
      options,
      templateKey: key ?? null,
    })),
  }
}

/** The same over days: what each can do alone, each open for its hours. */
export async function outlineOverDays(
  db: Reader,
  group: GroupRow,
  { minutes: _live, blockMinutes: _took, ...draft }: SessionDraft,
  wished: NonNullable<SessionDraft['overDays']>,
): Promise<Outline> {
  const outline = await outlineOf(db, group, draft)
  const blocks = planOverDays(outline.blocks, ({ templateKey }) => {
    const hours = wished.find(({ key }) => key === templateKey)?.hours
    return hours === undefined ? undefined : hours * 60
  })
  const problem = overDaysProblem(blocks)
  if (problem) throw new Refusal('invalid', problem, draft.groupTemplateId ? 'groupTemplateId' : 'templateId')
  return { ...outline, blocks }
}

type Copied = Pick<TemplateBody, 'title' | 'purpose' | 'preparation'> & {
  minutes: number
  blocks: TemplateBlock[]
}

async function requireOurs(
  db: Reader,
  group: GroupRow,
  { groupTemplateId = '', templateId }: SessionDraft,
): Promise<{ template: Copied; version: number }> {
  const found = await findGroupTemplate(db, group.id, groupTemplateId)
  if (!found) throw new Refusal('invalid', 'This group has no such template.', 'groupTemplateId')
  if (templateId !== undefined)
    throw new Refusal('invalid', 'Choose either a template of the guide or one of yours.', 'groupTemplateId')
  const { body, version } = found
  return { template: { ...body, minutes: minutesOf(body.blocks) }, version }
}

/** With the minutes that its blocks took so far, when somebody wants those. */
function asItTook(template: Copied | undefined, { blockMinutes = [] }: SessionDraft): Copied | undefined {
  if (!template) return undefined
  const blocks = withKeys(template.blocks).map((block) => {
    const told = blockMinutes.find(({ key }) => key === block.key)
    return { ...block, minutes: told?.minutes ?? block.minutes }
  })
  return { ...template, blocks, minutes: minutesOf(blocks) }
}

/** The next step of the group's programme, when it asks for this template. */
async function stepFor(db: Reader, group: GroupRow, templateId: string): Promise<number | null> {
  const next = await readNextStep(db, group)
  return next?.templateId === templateId ? next.step : null
}

export async function readNextStep(
  db: Reader,
  group: GroupRow,
): Promise<{ step: number; templateId: string } | undefined> {
  const programme = group.programmeId ? findProgramme(group.programmeId) : undefined
  if (!programme) return undefined
  const taken = await db
    .select({ step: sessions.programmeStep })
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), ne(sessions.status, 'cancelled')))
  const step = nextStep(
    programme,
    taken.flatMap((one) => (one.step === null ? [] : [one.step])),
  )
  const templateId = step === undefined ? undefined : programme.sessions[step]?.template
  return step === undefined || templateId === undefined ? undefined : { step, templateId }
}

type EpisodeOutline = {
  title: string
  duration: number | null
  chapters: { start: number; title: string }[]
}

async function readOutlineOfEpisode(db: Reader, group: GroupRow, episodeId: string): Promise<EpisodeOutline> {
  const [episode] = await db
    .select({ title: episodes.title, duration: episodes.duration })
    .from(episodes)
    .where(and(eq(episodes.id, episodeId), eq(episodes.groupId, group.id)))
  if (!episode)
    throw new Refusal(
      'invalid',
      'This group has no such episode. Import it first, then make a session of it.',
      'episodeId',
    )
  const parts = await db
    .select({ start: chapters.start, title: chapters.title })
    .from(chapters)
    .where(eq(chapters.episodeId, episodeId))
    .orderBy(asc(chapters.position))
  const [last] = await db
    .select({ end: max(segments.end), start: max(segments.start) })
    .from(segments)
    .where(eq(segments.episodeId, episodeId))
  return {
    title: episode.title,
    duration: episode.duration ?? last?.end ?? last?.start ?? null,
    chapters: parts,
  }
}

/** The episode circle says itself that one listens beforehand; other templates don't know of an episode. */
function preparationOf(
  everybody: readonly string[],
  episode: EpisodeOutline | undefined,
  saysToListen: boolean,
): string {
  const listen = episode
    ? [
        `The episode: “${episode.title}”${sayLength(episode.duration)}.${saysToListen ? '' : ' Listen to it, or read it, before we meet.'}`,
      ]
    : []
  return [...listen, ...everybody].join('\n\n').slice(0, LONGEST_PREPARATION)
}

const sayLength = (seconds: number | null) =>
  seconds === null || seconds < 60 ? '' : ` (${Math.round(seconds / 60)} minutes)`
