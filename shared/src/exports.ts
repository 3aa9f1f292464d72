import Type from 'typebox'
import { define } from './contract.ts'

const InEpisode = Type.Object({ slug: Type.String(), episodeId: Type.String({ format: 'uuid' }) })
const InGroup = Type.Object({ slug: Type.String() })
const asMarkdown = { type: 'text/markdown; charset=utf-8', response: Type.String() }

/** https://www.w3.org/TR/annotation-protocol/ names this type for annotations. */
export const ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

/** Said beside what downloads a discussion. */
export const EXPORT_SENTENCE =
  'The file holds what members wrote, with their names: as much of it as you may read now. It was written for this group, so keep it as private as the group does.'

/** What was said about an episode or in a group, to take along: what the reader may read, and nothing else. */
export const exportCalls = define({
  exportDiscussion: {
    method: 'GET',
    path: '/api/groups/:slug/episodes/:episodeId/discussion.md',
    params: InEpisode,
    ...asMarkdown,
    summary: 'The threads of an episode by chapter, as Markdown',
  },
  exportAnnotations: {
    method: 'GET',
    path: '/api/groups/:slug/episodes/:episodeId/annotations.jsonld',
    params: InEpisode,
    type: ANNOTATION_TYPE,
    response: Type.String(),
    summary: 'The threads of an episode as a collection of W3C Web Annotations (JSON-LD)',
  },
  exportGroupThreads: {
    method: 'GET',
    path: '/api/groups/:slug/threads.md',
    params: InGroup,
    ...asMarkdown,
    summary: 'The threads of a group and its sessions, as Markdown',
  },
})
