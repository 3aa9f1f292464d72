import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { groups } from '#db/schema.ts'

/** No operator closed it, and it belongs to no organization: its groups are for colleagues at most. */
const isOpen = and(
  isNull(groups.suspendedAt),
  isNull(groups.organizationId),
  notInArray(groups.approval, ['waiting', 'declined']),
)

/** Groups that everybody may know of. */
export const isPublic = and(eq(groups.visibility, 'public'), isOpen)

/** Groups whose page opens for everybody who has its address. */
export const isReachable = and(inArray(groups.visibility, ['public', 'unlisted']), isOpen)
