import type { PlanOptions } from '#shared/guide.ts'

export const MOST_ROLES = 6
const LONGEST_LINE = 200

/** "Observer: Say nothing." for each role. */
export const sayRoles = ({ roles = [], tasks = [] }: PlanOptions): string =>
  roles
    .map((role) => [role, tasks.find((task) => task.role === role)?.does].filter(Boolean).join(': '))
    .join('\n')

/** Roles and what they do, from what was typed; a checklist stays with its role. */
export function readRoles(
  text: string,
  before: PlanOptions,
): { roles: PlanOptions['roles'] | undefined; tasks: PlanOptions['tasks'] | undefined } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST_ROLES)
    .map((line) => {
      const [role = '', ...rest] = line.split(':')
      return { role: role.trim().slice(0, LONGEST_LINE), does: rest.join(':').trim().slice(0, LONGEST_LINE) }
    })
    .filter(({ role }) => role !== '')
  const tasks = lines.flatMap(({ role, does }) => {
    const known = before.tasks?.find((task) => task.role === role)
    return does === '' ? [] : [{ ...known, role, does }]
  })
  return {
    roles: lines.length > 0 ? lines.map(({ role }) => role) : undefined,
    tasks:
      tasks.length > 0
        ? tasks.filter((one, at) => tasks.findIndex(({ role }) => role === one.role) === at)
        : undefined,
  }
}
