import { emptyFields, type GroupFormFields } from './group-form.ts'

const KEY = 'shortside:start'
const KEPT_FOR = 24 * 3_600_000

export type KeptDraft = { id: string; inviteId: string; fields: GroupFormFields }

/**
 * A group that somebody is about to start stays on this device for a day: over a reload, and over signing up, where
 * the link in the mail may open in another tab.
 */
export function keepDraft(draft: KeptDraft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...draft, until: Date.now() + KEPT_FOR }))
  } catch {
    // A browser that keeps nothing only loses this comfort.
  }
}

export function keptDraft(): KeptDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as (KeptDraft & { until: number }) | null
    if (!kept || kept.until < Date.now()) return undefined
    return { id: kept.id, inviteId: kept.inviteId, fields: { ...emptyFields(), ...kept.fields } }
  } catch {
    return undefined
  }
}

export function forgetDraft(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Nothing was kept.
  }
}
