import { error } from '@sveltejs/kit'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { ImportFrom } from '#shared/templates.ts'
import type { PageLoad } from './$types'

/** With `?guide=`, `?link=` or `?group=&template=` it is known already what is brought. */
export const load: PageLoad = async ({ parent, url }) => {
  const { group } = await parent()
  if (group.role === 'member')
    error(403, 'Facilitators import templates. Ask an organizer for that role.', { code: 'not-allowed' })
  requireOpen(group)
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const from: ImportFrom | undefined = asked('guide')
    ? { kind: 'guide', address: asked('guide') }
    : asked('link')
      ? { kind: 'link', address: asked('link') }
      : asked('group') && asked('template')
        ? { kind: 'group', slug: asked('group'), address: asked('template') }
        : undefined
  return { from }
}
