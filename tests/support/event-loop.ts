import { monitorEventLoopDelay } from 'node:perf_hooks'

const TICK = 5

/**
 * Watches how long this thread keeps everybody else waiting. A loop that is late while its thread did nothing was kept
 * from its processor by another program, and tells nothing: so of each stretch the shorter counts, how late it was
 * and how long the thread worked.
 */
export function watchLoop(): { longestBlock: () => number } {
  const delay = monitorEventLoopDelay({ resolution: TICK })
  delay.enable()
  let worked = 0
  let last = process.threadCpuUsage()
  const timer = setInterval(() => {
    const now = process.threadCpuUsage()
    worked = Math.max(worked, now.user + now.system - last.user - last.system)
    last = now
  }, TICK)
  return {
    longestBlock: () => {
      clearInterval(timer)
      delay.disable()
      return Math.min(delay.max / 1e6, worked / 1e3)
    },
  }
}
