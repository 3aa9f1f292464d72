import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract.ts'
import type { highlightCalls } from '#shared/highlights.ts'
import type { listeningCalls } from '#shared/listening.ts'
import { anchorOf, canary } from './canary.ts'
import type { Row } from './privacy-calls.ts'
import { members, signedIn } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

/** The member and whoever leaves later listened to the episode, and marked words in it for themselves. */
export async function markForThemselves(
  { member, left }: World['people'],
  params: { slug: string; episodeId: string },
): Promise<{ highlightId: string }> {
  const highlightId = randomUUID()
  await member.api.saveHighlight({
    params: { ...params, highlightId },
    body: { anchor: anchorOf(canary('highlighted words')), note: canary('highlight note') },
  })
  await left.api.saveHighlight({
    params: { ...params, highlightId },
    body: { anchor: anchorOf(canary('left highlighted')), note: canary('left note') },
  })
  const { audioUrl } = await member.api.getEpisode({ params })
  await member.api.setOffset({ params, body: { audioUrl: audioUrl ?? '', offset: 42 } })
  await member.api.saveStop({ params, body: { moment: 760, reached: 800 } })
  return { highlightId }
}

const inEpisode = ({ slug, episodeId }: World) => ({ params: { slug, episodeId } })
const ofHighlight = ({ slug, episodeId, highlightId }: World) => ({
  params: { slug, episodeId, highlightId },
})

type Calls = typeof listeningCalls & typeof highlightCalls

/** Whoever is in the circle asks about their own; the id of another's highlight is one that they may use themselves. */
export const LISTENING_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  getListening: { says: members, ask: inEpisode },
  saveStop: {
    says: members,
    ask: (world) => ({ ...inEpisode(world), body: { moment: 12, reached: 12 } }),
  },
  setReached: { says: members, ask: (world) => ({ ...inEpisode(world), body: { revealed: true } }) },
  setOffset: {
    says: members,
    ask: (world) => ({
      ...inEpisode(world),
      body: { audioUrl: `https://audio.example.org/${canary('episode audio')}.mp3`, offset: 3 },
    }),
  },
  changeListening: { says: signedIn, ask: () => ({ body: { speed: 1.5 } }) },
  listHighlights: { says: members, ask: inEpisode },
  saveHighlight: {
    says: members,
    ask: (world) => ({ ...ofHighlight(world), body: { anchor: anchorOf('words'), note: '' } }),
  },
  deleteHighlight: { says: members, ask: ofHighlight },
  exportHighlights: { says: members, ask: inEpisode },
  listMyHighlights: { says: signedIn, ask: () => ({ query: {} }) },
  exportMyHighlights: { says: signedIn },
}
