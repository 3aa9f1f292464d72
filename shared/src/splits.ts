import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_GROUP_NAME, MOST_PLACES, RoleOf } from './groups.ts'

/** Above this, quiet people speak less; above that, two groups are better than one. */
export const WARN_ABOVE = 8
export const SPLIT_ABOVE = 12
/** Days that the invite to a clone of a group is open. */
export const CLONE_INVITE_DAYS = 14

const Id = Type.String({ format: 'uuid' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Name = Type.String({ minLength: 1, maxLength: LONGEST_GROUP_NAME, pattern: '\\S' })

/** A new group with the settings of this one. The writer picks the id, so a retry is never a second group. */
export const CloneDraft = Type.Object({
  id: Id,
  name: Name,
  /** Mail the members of this group a link to it. */
  invite: Type.Boolean(),
})
export type CloneDraft = Static<typeof CloneDraft>

/** Who is asked to go on in a new group. */
export const SplitDraft = Type.Object({
  id: Id,
  name: Name,
  accountIds: Type.Array(Id, { minItems: 1, maxItems: MOST_PLACES, uniqueItems: true }),
  /** Of those: who organizes it. */
  organizerIds: Type.Array(Id, { minItems: 1, maxItems: MOST_PLACES, uniqueItems: true }),
})
export type SplitDraft = Static<typeof SplitDraft>

export const PlacementState = Type.Enum(['open', 'moved', 'stayed'])

/** A split of a group, as one of its members sees it. */
export const Split = Type.Object({
  group: Type.Object({ id: Id, slug: orNull(Type.String()), name: Type.String() }),
  /** What I was asked, when I was. */
  mine: orNull(Type.Object({ state: PlacementState, role: RoleOf })),
  /** Who was asked: all of them for organizers, and those who were asked too for each other. */
  people: Type.Array(Type.Object({ id: Id, name: Type.String(), role: RoleOf, state: PlacementState })),
})
export type Split = Static<typeof Split>

const OfGroup = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const Made = Type.Object({ id: Id, slug: Type.String() })

export const splitCalls = define({
  cloneGroup: {
    method: 'POST',
    path: '/api/groups/:slug/clone',
    params: OfGroup,
    body: CloneDraft,
    response: Made,
    summary:
      'Start a new group with the settings, the agreement and the programme of this one, and none of its words',
  },
  splitGroup: {
    method: 'POST',
    path: '/api/groups/:slug/split',
    params: OfGroup,
    body: SplitDraft,
    response: Made,
    summary: 'Offer some members a place in a new group; each of them moves or stays',
  },
  listSplits: {
    method: 'GET',
    path: '/api/groups/:slug/splits',
    params: OfGroup,
    response: Type.Array(Split),
    summary: 'New groups that members of this one were asked to go on in',
  },
  answerPlacement: {
    method: 'PUT',
    path: '/api/groups/:slug/splits/:groupId',
    params: Type.Object({ ...OfGroup.properties, groupId: Id }),
    body: Type.Object({ moves: Type.Boolean() }),
    response: Made,
    summary: 'Move to the new group and leave this one, or stay',
  },
})
