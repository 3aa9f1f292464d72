import Type from 'typebox'
import { define } from './contract.ts'
import {
  Brief,
  FoundGroups,
  Group,
  GroupChange,
  GroupDraft,
  GroupMember,
  GroupSearch,
  LaunchStep,
  LONGEST_REASON,
  MyGroup,
  PublicGroup,
  RoleOf,
  Standing,
  Waiting,
} from './groups.ts'

const Uuid = Type.String({ format: 'uuid' })
const Empty = Type.Object({})
const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const ByMember = Type.Object({ ...BySlug.properties, accountId: Uuid })
const ByStep = Type.Object({ ...BySlug.properties, item: Type.String({ maxLength: 60 }) })

export const groupCalls = define({
  createGroup: {
    method: 'POST',
    path: '/api/groups',
    body: GroupDraft,
    response: Group,
    summary: 'Start a group. Whoever starts it organizes it',
  },
  listMyGroups: {
    method: 'GET',
    path: '/api/me/groups',
    response: Type.Array(MyGroup),
    summary: 'Groups that I am an active member of',
  },
  getGroup: {
    method: 'GET',
    path: '/api/groups/:slug',
    params: BySlug,
    response: Group,
    summary: 'A group that I am a member of',
  },
  listMembers: {
    method: 'GET',
    path: '/api/groups/:slug/members',
    params: BySlug,
    response: Type.Array(GroupMember),
    summary: 'Active members: organizers first, then facilitators, then by the time they joined',
  },
  changeGroup: {
    method: 'PATCH',
    path: '/api/groups/:slug',
    params: BySlug,
    body: GroupChange,
    response: Group,
    summary: 'Change a group. More places let in who waits, in order',
  },
  findGroups: {
    method: 'GET',
    path: '/api/groups',
    query: GroupSearch,
    response: FoundGroups,
    summary: 'Public groups, by words, place, weekday, language and how they meet; a page at a time',
  },
  getPublicGroup: {
    method: 'GET',
    path: '/api/groups/:slug/public',
    params: BySlug,
    response: PublicGroup,
    summary: 'A group as people who are not in it may see it',
  },
  joinGroup: {
    method: 'POST',
    path: '/api/groups/:slug/join',
    params: BySlug,
    body: Empty,
    response: Standing,
    summary: 'Take a place, a place on the waitlist, or ask, whichever the group offers',
  },
  leaveGroup: {
    method: 'POST',
    path: '/api/groups/:slug/leave',
    params: BySlug,
    body: Empty,
    response: Empty,
    summary: 'Leave a group, its waitlist, or take back my request',
  },
  listWaiting: {
    method: 'GET',
    path: '/api/groups/:slug/waiting',
    params: BySlug,
    response: Type.Array(Waiting),
    summary: 'Who asked to join and who waits for a place, in order',
  },
  decideRequest: {
    method: 'POST',
    path: '/api/groups/:slug/requests/:accountId',
    params: ByMember,
    body: Type.Object({ approve: Type.Boolean() }),
    response: Empty,
    summary: 'Let somebody in who asked, or decline',
  },
  changeRole: {
    method: 'PUT',
    path: '/api/groups/:slug/members/:accountId/role',
    params: ByMember,
    body: Type.Object({ role: RoleOf }),
    response: Empty,
    summary: "Change a member's role",
  },
  removeMember: {
    method: 'POST',
    path: '/api/groups/:slug/members/:accountId/remove',
    params: ByMember,
    body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: LONGEST_REASON, pattern: '\\S' }) }),
    response: Empty,
    summary: 'End the membership of somebody, who hears the reason by mail',
  },
  handOver: {
    method: 'POST',
    path: '/api/groups/:slug/hand-over',
    params: BySlug,
    body: Type.Object({ accountId: Uuid }),
    response: Empty,
    summary: 'Make another member organizer and step back to facilitator',
  },
  readBrief: {
    method: 'GET',
    path: '/api/groups/:slug/brief',
    params: BySlug,
    response: Brief,
    summary: 'What the one-page brief for HR adds to the group itself',
  },
  listLaunchSteps: {
    method: 'GET',
    path: '/api/groups/:slug/launch',
    params: BySlug,
    response: Type.Array(LaunchStep),
    summary: 'The launch checklist of the guide, with the ticks of this group',
  },
  tickStep: {
    method: 'PUT',
    path: '/api/groups/:slug/launch/:item',
    params: ByStep,
    response: Empty,
    summary: 'Tick a step of the launch checklist',
  },
  untickStep: {
    method: 'DELETE',
    path: '/api/groups/:slug/launch/:item',
    params: ByStep,
    response: Empty,
    summary: 'Take a tick back',
  },
})
