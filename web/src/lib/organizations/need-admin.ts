import { error } from '@sveltejs/kit'
import type { Organization } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'

/** For `load` of a page that is only for admins: others read whom to ask. */
export function needAdmin({ role, admins }: Organization): void {
  if (role === 'admin') return
  const { status, code } = new Refusal('not-allowed')
  error(status, `This page is for the admins of the organization: ${admins.join(', ')}.`, { code })
}
