import { episodeCalls } from '#shared/episodes.ts'
import { transcriptCalls as calls } from '#shared/transcripts.ts'
import { requireEpisode } from '../episodes/guards.ts'
import { LARGEST_BODY } from '../episodes/routes.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { correctTranscript } from './correct-transcript.ts'
import { getCorrections, getTranscriptHistory } from './read-history.ts'
import { reimportEpisode } from './reimport-episode.ts'
import { undoCorrection } from './undo-correction.ts'

/** Enough for an evening of mending, and too little to spoil a transcript in. */
const CORRECTING = { limit: [120, 600] } as const

export function addTranscriptRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    episodeCalls.reimportEpisode,
    requireEpisode,
    (reader, { body }) => reimportEpisode(house, reader, body),
    { limit: [30, 600], bodyLimit: LARGEST_BODY },
  )
  answer(
    house,
    app,
    calls.correctTranscript,
    requireEpisode,
    (reader, { body }) => correctTranscript(house, reader, body),
    CORRECTING,
  )
  answer(
    house,
    app,
    calls.undoCorrection,
    requireEpisode,
    (reader, { params, body }) => undoCorrection(house, reader, params.changeId, body.id),
    CORRECTING,
  )
  answer(house, app, calls.getTranscriptHistory, requireEpisode, (reader, { query }) =>
    getTranscriptHistory(house, reader, query.before),
  )
  answer(house, app, calls.getCorrections, requireEpisode, (reader) => getCorrections(house, reader))
}
