import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import {
  FoundGroup,
  GROUP_KINDS,
  INVITE_DAYS,
  MOST_DOMAINS,
  MOST_INVITE_DAYS,
  MOST_MAILED,
  Standing,
} from './groups.ts'

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
/** Nobody becomes an organizer by a link. */
const InviteRole = Type.Enum(['member', 'facilitator'])
const Days = Type.Integer({ minimum: 1, maximum: MOST_INVITE_DAYS, default: INVITE_DAYS })

export const INVITE_STATES = ['open', 'expired', 'revoked', 'used-up'] as const
export type InviteState = (typeof INVITE_STATES)[number]

/** Whether an invite still lets somebody in, and if not, why. */
export function inviteState(
  {
    expiresAt,
    revokedAt,
    uses,
    maxUses,
  }: { expiresAt: Date; revokedAt: Date | null; uses: number; maxUses: number | null },
  now: Date,
): InviteState {
  if (revokedAt) return 'revoked'
  if (maxUses !== null && uses >= maxUses) return 'used-up'
  return expiresAt <= now ? 'expired' : 'open'
}

/** A link to make. The writer picks the id, so a retry is never a second link. */
export const InviteDraft = Type.Object({
  id: Uuid,
  role: InviteRole,
  days: Days,
  maxUses: Type.Union([Type.Integer({ minimum: 1, maximum: 500 }), Type.Null()]),
  domains: Type.Array(Type.String({ maxLength: 253 }), { maxItems: MOST_DOMAINS }),
})
export type InviteDraft = Static<typeof InviteDraft>

/** An invite, as organizers see it. */
export const Invite = Type.Object({
  id: Uuid,
  link: Type.String(),
  /** Set when it was mailed to one person, and then good for that address only. */
  email: Type.Union([Type.String(), Type.Null()]),
  role: Type.Enum(['member', 'facilitator', 'organizer']),
  domains: Type.Array(Type.String()),
  maxUses: Type.Union([Type.Integer(), Type.Null()]),
  uses: Type.Integer(),
  createdAt: Instant,
  expiresAt: Instant,
  state: Type.Enum([...INVITE_STATES]),
})
export type Invite = Static<typeof Invite>

/** What somebody who was invited learns before they decide. */
export const InviteView = Type.Object({
  name: Type.String(),
  purpose: Type.String(),
  kind: Type.Enum([...GROUP_KINDS]),
  invitedBy: Type.Union([Type.String(), Type.Null()]),
  city: FoundGroup.properties.city,
  rhythm: FoundGroup.properties.rhythm,
  zone: Type.String(),
  next: FoundGroup.properties.next,
  firstSessionAt: FoundGroup.properties.firstSessionAt,
  memberCount: Type.Integer(),
  places: Type.Integer(),
  role: Type.Enum(['member', 'facilitator', 'organizer']),
  domains: Type.Array(Type.String()),
  /** It was mailed to one address and is good for that one only. */
  personal: Type.Boolean(),
  /** Where to go when I am in already. */
  slug: Type.Union([Type.String(), Type.Null()]),
})
export type InviteView = Static<typeof InviteView>

/** Rather too little than too much: mail servers know better than any pattern. */
export const isAddress = (text: string) => /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:.]{2,}$/.test(text)

/** The addresses in what somebody pasted: one a line, commas, semicolons, or `Ada <ada@example.org>`. */
export function readAddresses(text: string): string[] {
  const words = text.split(/[\n,;]+/).flatMap((part) => {
    const bracketed = /<([^<>]*)>/.exec(part)?.[1]
    if (bracketed !== undefined) return bracketed.trim()
    const apart = part.trim().split(/\s+/)
    // What has a blank in it and is not all addresses stays whole, so it can be named as it was typed.
    return apart.every((word) => word.includes('@')) ? apart : apart.join(' ')
  })
  return [...new Set(words.filter(Boolean).map((word) => word.toLowerCase()))]
}

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const ByToken = Type.Object({ token: Type.String({ maxLength: 200 }) })

export const inviteCalls = define({
  createInvite: {
    method: 'POST',
    path: '/api/groups/:slug/invites',
    params: BySlug,
    body: InviteDraft,
    response: Invite,
    summary: 'Make an invite link',
  },
  listInvites: {
    method: 'GET',
    path: '/api/groups/:slug/invites',
    params: BySlug,
    response: Type.Array(Invite),
    summary: 'Invites of a group, newest first',
  },
  revokeInvite: {
    method: 'POST',
    path: '/api/groups/:slug/invites/:inviteId/revoke',
    params: Type.Object({ ...BySlug.properties, inviteId: Uuid }),
    response: Type.Object({}),
    summary: 'Make an invite useless',
  },
  mailInvites: {
    method: 'POST',
    path: '/api/groups/:slug/invites/mail',
    params: BySlug,
    body: Type.Object({
      /** Each with an id of the writer's, so a retry mails nobody twice. */
      invites: Type.Array(Type.Object({ id: Uuid, email: Type.String({ maxLength: 254 }) }), {
        minItems: 1,
        maxItems: MOST_MAILED,
      }),
      role: InviteRole,
      days: Days,
      /** A personal line above the invite. */
      note: Type.String({ maxLength: 1_000 }),
    }),
    /** Who was not mailed, being a member already. */
    response: Type.Object({ sent: Type.Integer(), already: Type.Array(Type.String()) }),
    summary: 'Mail a personal invite to each of several addresses',
  },
  readInvite: {
    method: 'GET',
    path: '/api/invites/:token',
    params: ByToken,
    response: InviteView,
    summary: 'What an invite invites to',
  },
  acceptInvite: {
    method: 'POST',
    path: '/api/invites/:token',
    params: ByToken,
    body: Type.Object({}),
    response: Standing,
    summary: 'Join by an invite. Who is in already uses nothing up',
  },
})
