import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { registrations, series } from '#db/schema.ts'
import { minutesOf } from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Series, SeriesDraft } from '#shared/series.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { requireOffered } from '../guide/group-template.ts'
import { findProgramme, findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { sayWhereAndHow, toLink, toPlace } from '../sessions/where.ts'
import { comeToAll } from './come.ts'
import type { SeriesRow } from './guards.ts'
import { makeSessions } from './make-sessions.ts'
import { planDates } from './plan-dates.ts'
import { readSeries, wordsOf } from './read-series.ts'
import { asFile, listDates, mailAboutSeries, seriesPage } from './series-letters.ts'

const USUAL_MINUTES = 60

/** Makes a series with all its sessions. Its maker is registered; everybody else gets one mail about all of them. */
export async function createSeries(house: House, member: Facilitator, draft: SeriesDraft): Promise<Series> {
  const { account, group } = member
  requireOpenGroup(group)
  if (!(await isRetry(house, member, draft.id))) {
    const { kept } = planDates(draft, group.zone, house.now())
    await house.db.transaction(async (tx) => {
      const [made] = await tx
        .insert(series)
        .values(rowOf(house, member, draft, await ourTemplate(tx, member, draft)))
        .onConflictDoNothing()
        .returning()
      if (!made) return
      const sessions = await makeSessions(house, tx, group, made, kept)
      await tx
        .insert(registrations)
        .values({ groupId: group.id, seriesId: made.id, accountId: account.id, registeredAt: house.now() })
      await comeToAll(house, tx, sessions, [account.id])
      await askEverybody(house, tx, member, made, sessions)
    })
  }
  return readSeries(house, member, draft.id)
}

/** A retry changes nothing and hears the answer of the first try; an id of another group is refused. */
async function isRetry(house: House, { group }: Facilitator, id: string): Promise<boolean> {
  const taken = await house.db.query.series.findFirst({ where: eq(series.id, id) })
  if (taken && taken.groupId !== group.id) throw new Refusal('conflict')
  return taken !== undefined
}

type Titled = { title: string; minutes: number }

async function ourTemplate(
  tx: Transaction,
  { group }: Facilitator,
  { groupTemplateId }: SeriesDraft,
): Promise<Titled | undefined> {
  if (groupTemplateId === undefined) return undefined
  const { body } = await requireOffered(tx, group.id, groupTemplateId)
  return { title: body.title, minutes: minutesOf(body.blocks) }
}

function rowOf(house: House, { account, group }: Facilitator, draft: SeriesDraft, ours: Titled | undefined) {
  const { id, startsLocal, rule, exceptions, templateId, followsProgramme = false } = draft
  const template = ours ?? (templateId === undefined ? undefined : findTemplate(templateId))
  if (templateId !== undefined && !template)
    throw new Refusal('invalid', 'That template is not in the guide. Choose one from the list.', 'templateId')
  if (template && followsProgramme)
    throw new Refusal('invalid', 'Choose either a template or the steps of the programme.', 'templateId')
  const programme = followsProgramme && group.programmeId ? findProgramme(group.programmeId) : undefined
  const title = draft.title?.trim() ?? template?.title ?? programme?.title
  if (!title)
    throw new Refusal('invalid', 'Give the series a title, or choose a template that has one.', 'title')
  return {
    id,
    groupId: group.id,
    title,
    rule: rule.trim().toUpperCase(),
    startsLocal,
    zone: group.zone,
    minutes: draft.minutes ?? template?.minutes ?? USUAL_MINUTES,
    templateId: templateId ?? null,
    groupTemplateId: draft.groupTemplateId ?? null,
    followsProgramme,
    exceptions: [...new Set(exceptions)].sort(),
    capacity: draft.capacity ?? null,
    room: draft.room === undefined ? group.room : toPlace(draft.room),
    onlineLink: draft.onlineLink === undefined ? group.onlineLink : toLink(draft.onlineLink),
    facilitatorId: account.id,
    createdAt: house.now(),
  }
}

function askEverybody(
  house: House,
  tx: Transaction,
  { account, group }: Facilitator,
  made: SeriesRow,
  sessions: readonly SessionRow[],
): Promise<void> {
  const many = sessions.length === 1 ? 'one session' : `${sessions.length} sessions`
  return mailAboutSeries(
    house,
    tx,
    group,
    made,
    {
      subject: `${made.title}: ${many}, are you coming?`,
      paragraphs: [
        `${account.name} has planned a series of ${group.name}: ${made.title}. ${wordsOf(made)}, at ${made.startsLocal.slice(11)} (${made.zone}).`,
        listDates(sessions, made.zone, made.followsProgramme),
        sayWhereAndHow(group, made),
        'Register once and you come to all of them. If you can’t make one, say so for that one.',
      ],
      action: { label: 'See the dates', url: seriesPage(house, group.slug, made.id) },
      calendar: asFile(house, group, sessions),
    },
    { but: account.id },
  )
}
