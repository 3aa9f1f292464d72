/** Where the picture of a show or an episode is, for members of its group. It is always ours, never its publisher's. */
export const artworkFile = (slug: string, artworkId: string): string => `/groups/${slug}/artwork/${artworkId}`

/** Pictures are squares of so many pixels. */
export const ARTWORK_SIZE = 480
