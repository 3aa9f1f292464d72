import { tick } from 'svelte'

/** Brings a card into sight once it stands where it stays: the margin is arranged in the next frame. */
export async function showCard(page: HTMLElement | undefined, name: string): Promise<void> {
  await tick()
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      page?.querySelector(`[data-card="${name}"]`)?.scrollIntoView({ block: 'nearest' }),
    ),
  )
}
