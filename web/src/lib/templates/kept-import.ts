/** What somebody is about to import, kept in this tab: a reload or a refusal costs nobody what they pasted. */
type KeptImport = {
  id: ReturnType<typeof crypto.randomUUID>
  way: 'file' | 'link'
  text: string
  address: string
  name: string
}

const key = (slug: string) => `shortside:import-template:${slug}`

export function keepImport(slug: string, kept: KeptImport): void {
  try {
    if (kept.text === '' && kept.address === '') sessionStorage.removeItem(key(slug))
    else sessionStorage.setItem(key(slug), JSON.stringify(kept))
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
