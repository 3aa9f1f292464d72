import type { Programme } from './guide.ts'

/**
 * Which step of its programme a group takes next, when these were taken or are planned (0 is the first). Nothing when
 * the programme is at its end; an open-ended one goes on with its last step.
 */
export function nextStep(
  programme: Pick<Programme, 'sessions' | 'openEnded'>,
  taken: readonly number[],
): number | undefined {
  const next = taken.length === 0 ? 0 : Math.max(...taken) + 1
  if (next < programme.sessions.length) return next
  return programme.openEnded ? programme.sessions.length - 1 : undefined
}
