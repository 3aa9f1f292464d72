import type { Admission, GroupKind, Visibility } from '#shared/groups.ts'

/** Who sees a group and who comes in are two questions; which answers fit together is here. */
type Home = { kind: GroupKind; organization: string }
type Option<Value> = { value: Value; label: string; hint: string }

const SEEN: Record<Visibility, Option<Visibility>> = {
  public: {
    value: 'public',
    label: 'Everybody',
    hint: 'It has a public page, stands in the list of groups, and search engines find it.',
  },
  colleagues: {
    value: 'colleagues',
    label: 'Every colleague',
    hint: 'It stands among the groups of the organization, for its colleagues only.',
  },
  unlisted: {
    value: 'unlisted',
    label: 'Whoever has its address',
    hint: 'It has a page and stands in no list. Whoever is given the address sees what it is for.',
  },
  private: {
    value: 'private',
    label: 'Members, and whom you invite',
    hint: 'Nobody else learns that it exists.',
  },
}

/** Who may see a group, in the order of the form; the last is what fits when nothing was chosen. */
export function visibilitiesFor({ kind, organization }: Home): Visibility[] {
  if (kind === 'meetup') return ['public', 'unlisted', 'private']
  return organization ? ['colleagues', 'unlisted', 'private'] : ['unlisted', 'private']
}

/** Who may come in. Nobody stands before the door of a private group, so nobody could ask there. */
export const admissionsFor = (visibility: Visibility): Admission[] =>
  visibility === 'private' ? ['invite-only', 'closed'] : ['open', 'on-request', 'invite-only', 'closed']

/** What was chosen, or the nearest that fits. */
export function fitVisibility({ visibility, ...home }: Home & { visibility: Visibility }): Visibility {
  const fitting = visibilitiesFor(home)
  return fitting.includes(visibility) ? visibility : (fitting.at(-1) ?? 'private')
}
export const fitAdmission = (visibility: Visibility, admission: Admission): Admission =>
  admissionsFor(visibility).includes(admission) ? admission : 'invite-only'

/** Who sees it, as the form asks. */
export function visibilityOptions(home: Home): Option<Visibility>[] {
  const inOrganization = home.kind === 'internal' && home.organization !== ''
  return visibilitiesFor(home).map((value) =>
    value === 'unlisted' && inOrganization
      ? {
          ...SEEN[value],
          label: 'Colleagues who have its address',
          hint: 'It has a page for colleagues and stands in no list.',
        }
      : SEEN[value],
  )
}

/** Who comes in, as the form asks; the hints say what becomes of those who see the group. */
export function admissionOptions(visibility: Visibility): Option<Admission>[] {
  const whoever = {
    public: 'Anybody',
    colleagues: 'Any colleague',
    unlisted: 'Whoever has the address',
    private: '',
  }[visibility]
  const words: Record<Admission, Omit<Option<Admission>, 'value'>> = {
    open: { label: `${whoever}, until it is full`, hint: 'Then there is a waitlist, in order.' },
    'on-request': {
      label: `${visibility === 'unlisted' ? whoever : `${whoever} who asks`}, and you say yes`,
      hint: 'You get a mail for each request.',
    },
    'invite-only': {
      label: 'Whoever gets an invite',
      hint:
        visibility === 'private'
          ? 'By your link or by mail.'
          : 'Others see the page, and that it takes an invite to join.',
    },
    closed: {
      label: 'Nobody at the moment',
      hint:
        visibility === 'private'
          ? 'Invites open nothing until you change this. Members stay.'
          : 'The page stays where it is, and says so. To hide the page, answer the question above differently. Invites open nothing meanwhile.',
    },
  }
  return admissionsFor(visibility).map((value) => ({ value, ...words[value] }))
}
