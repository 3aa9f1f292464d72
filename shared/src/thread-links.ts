/** The page on which a thread stands. */
export const pathOfThread = (
  slug: string,
  { id, episodeId }: { id: string; episodeId: string | null },
): string =>
  episodeId === null ? `/groups/${slug}/threads/${id}` : `/groups/${slug}/episodes/${episodeId}#thread-${id}`

/** The page on which a post stands, and its place there. */
export const pathOfPost = (
  slug: string,
  { id, episodeId }: { id: string; episodeId: string | null },
  postId: string,
): string => `${pathOfThread(slug, { id, episodeId }).replace(/#.*$/, '')}#post-${postId}`
