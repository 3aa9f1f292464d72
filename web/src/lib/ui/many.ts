/** As many people as one reads through in a list; of a whole hall the first of them, or a field to find somebody. */
export const MANY = 24
