/** Keeps the screen on while somebody runs a session from it, where the browser allows that. Gives how to stop. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let over = false
  const request = async () => {
    if (document.visibilityState === 'hidden' || !('wakeLock' in navigator)) return
    const given = await navigator.wakeLock.request('screen').catch(() => undefined)
    if (over) await given?.release()
    else lock = given
  }
  const again = () => void request()
  document.addEventListener('visibilitychange', again)
  void request()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
