import { artworkFile, ARTWORK_SIZE } from '#shared/artworks.ts'
import type { Episode } from '#shared/episodes.ts'
import { SKIP, type Listening } from './listening.svelte.ts'

/** The controls of a locked phone, of headphones and of keyboards: they say what plays, and do what the player does. */
export function holdMediaSession(listening: Listening, episode: Episode, slug: string): () => void {
  if (!('mediaSession' in navigator)) return () => undefined
  const session = navigator.mediaSession
  session.metadata = new MediaMetadata({
    title: episode.title,
    artist: episode.showTitle ?? '',
    artwork: episode.artworkId
      ? [{ src: artworkFile(slug, episode.artworkId), sizes: `${ARTWORK_SIZE}x${ARTWORK_SIZE}` }]
      : [],
  })
  const { chapters } = episode
  const handlers: [MediaSessionAction, MediaSessionActionHandler | null][] = [
    ['play', () => listening.play()],
    ['pause', () => listening.pause()],
    ['stop', () => listening.pause()],
    ['seekbackward', ({ seekOffset }) => listening.skip(-(seekOffset ?? SKIP))],
    ['seekforward', ({ seekOffset }) => listening.skip(seekOffset ?? SKIP)],
    ['seekto', ({ seekTime }) => seekTime !== undefined && listening.seekOwn(seekTime)],
    ['previoustrack', chapters.length > 1 ? () => listening.seek(chapterBefore()) : null],
    ['nexttrack', chapters.length > 1 ? () => listening.seek(chapterAfter()) : null],
  ]
  const chapterBefore = () => chapters.findLast(({ start }) => start < listening.moment - 3)?.start ?? 0
  const chapterAfter = () => chapters.find(({ start }) => start > listening.moment)?.start ?? listening.moment
  const set = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      session.setActionHandler(action, handler)
    } catch {
      // A browser that does not know this one shows no control for it.
    }
  }
  for (const [action, handler] of handlers) set(action, handler)
  return () => {
    for (const [action] of handlers) set(action, null)
    session.metadata = null
    session.playbackState = 'none'
  }
}

/** Says where the audio stands, so that the bar of a locked phone is right. */
export function tellPosition({ length, own, speed, playing }: Listening): void {
  if (!('mediaSession' in navigator)) return
  navigator.mediaSession.playbackState = playing ? 'playing' : 'paused'
  if (length === undefined || !('setPositionState' in navigator.mediaSession)) return
  navigator.mediaSession.setPositionState({
    duration: length,
    playbackRate: speed,
    position: Math.min(own, length),
  })
}
