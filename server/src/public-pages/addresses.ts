import { organizerPage, sessionPage } from '#shared/public-pages.ts'
import type { House } from '../house.ts'

/** Whole addresses of public pages: what links elsewhere begin with is the origin of the settings. */
export const groupAddress = ({ config }: House, slug: string): string => `${config.origin}/groups/${slug}`
export const sessionAddress = ({ config }: House, slug: string, sessionId: string): string =>
  config.origin + sessionPage(slug, sessionId)
export const organizerAddress = ({ config }: House, slug: string): string =>
  config.origin + organizerPage(slug)
