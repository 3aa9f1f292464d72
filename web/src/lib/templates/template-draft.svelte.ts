import { PlanDraft, type PlanOf, type Shelf } from '#lib/sessions/plan-draft.svelte.ts'
import type { GroupTemplate, TemplateBody } from '#shared/templates.ts'
import { linesOf, listOf } from './words.ts'

/** The words of a template, as the fields of its form hold them. */
type Fields = {
  title: string
  purpose: string
  forWhom: string
  least: number | null
  best: number | null
  most: number | null
  facilitator: string
  everybody: string
  after: string
  sources: string
}
type Kept = { fields: Fields; basedOn: number }

/** A template has no date: it is laid out like a session that begins at midnight and may take as long as any. */
export const TEMPLATE_START = '2000-01-01T00:00:00Z'
/** Eight hours later: as long as any session may take. */
const TEMPLATE_END = '2000-01-01T08:00:00Z'

/** A template that is being edited: its words here, its blocks in a plan. A reload loses nothing of either. */
export class TemplateDraft {
  readonly plan: PlanDraft
  fields = $state<Fields>(fieldsOf(EMPTY))
  basedOn = $state(0)
  readonly #body: TemplateBody
  readonly #key: string
  readonly #shelf: Shelf | undefined
  #saved = ''

  constructor(template: GroupTemplate, shelf?: Shelf) {
    this.plan = new PlanDraft(laidOut(template), shelf)
    this.#body = template.body
    this.#key = `shortside:template:${template.id}`
    this.#shelf = shelf
    this.#begin(template)
  }

  #begin(template: GroupTemplate): void {
    this.fields = fieldsOf(template.body)
    this.basedOn = template.version
    this.#saved = JSON.stringify(this.fields)
  }

  /** Takes over what was saved. */
  take(template: GroupTemplate): void {
    this.#begin(template)
    this.plan.take(laidOut(template))
    this.#shelf?.removeItem(this.#key)
  }

  restore(): void {
    this.plan.restore()
    const kept = this.#read()
    if (this.plan.restored) this.basedOn = Number(this.plan.basedOn)
    if (!kept) return
    this.fields = kept.fields
    this.basedOn = kept.basedOn
  }

  keep(): void {
    this.plan.keep()
    if (JSON.stringify(this.fields) === this.#saved) return this.#shelf?.removeItem(this.#key)
    const kept: Kept = { fields: this.fields, basedOn: this.basedOn }
    try {
      this.#shelf?.setItem(this.#key, JSON.stringify(kept))
    } catch {
      // A browser that keeps nothing only loses this comfort.
    }
  }

  get changed(): boolean {
    return this.plan.changed || JSON.stringify(this.fields) !== this.#saved
  }

  get body(): TemplateBody {
    const { title, purpose, forWhom, least, best, most, facilitator, everybody, after, sources } = this.fields
    return {
      ...{ title, purpose, forWhom, skills: this.#body.skills },
      groupSize: { least: least ?? 2, best: best ?? 2, most: most ?? 2 },
      preparation: { facilitator: listOf(facilitator), everybody: listOf(everybody) },
      blocks: this.plan.blocks.map(({ id, ...block }) => ({ ...block, key: id })),
      after: listOf(after),
      sources: listOf(sources),
    }
  }

  #read(): Kept | undefined {
    try {
      return (JSON.parse(this.#shelf?.getItem(this.#key) ?? 'null') as Kept | null) ?? undefined
    } catch {
      return undefined
    }
  }
}

const EMPTY: TemplateBody = {
  ...{ title: '', purpose: '', forWhom: '', skills: [], blocks: [], after: [], sources: [] },
  groupSize: { least: 2, best: 2, most: 2 },
  preparation: { facilitator: [], everybody: [] },
}

function fieldsOf({ title, purpose, forWhom, groupSize, preparation, after, sources }: TemplateBody): Fields {
  return {
    ...{ title, purpose, forWhom },
    ...groupSize,
    facilitator: linesOf(preparation.facilitator),
    everybody: linesOf(preparation.everybody),
    after: linesOf(after),
    sources: linesOf(sources),
  }
}

const laidOut = ({ id, version, body }: GroupTemplate): PlanOf => ({
  id,
  blocks: body.blocks.map(({ key, ...block }) => ({ ...block, id: key })),
  planVersion: String(version),
  startsAt: TEMPLATE_START,
  endsAt: TEMPLATE_END,
})
