/** What somebody is about to import, kept in this tab: a reload or a refusal costs nobody what they pasted. */
export type KeptImport = {
  id: string
  way: Way
  text: string
  url: string
}
export type Way = 'document' | 'file' | 'feed'

const key = (slug: string) => `shortside:import:${slug}`

export function keepImport(slug: string, kept: KeptImport): void {
  try {
    sessionStorage.setItem(key(slug), JSON.stringify(kept))
  } catch {
    // A very long text may not fit: it is still in the field.
  }
}

export function keptImport(slug: string): KeptImport | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key(slug)) ?? 'null') as KeptImport | null) ?? undefined
  } catch {
    return undefined
  }
}

export function forgetImport(slug: string): void {
  try {
    sessionStorage.removeItem(key(slug))
  } catch {
    // Nothing was kept then.
  }
}
