import { needAdmin } from '#lib/organizations/need-admin.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent }) => needAdmin((await parent()).organization)
