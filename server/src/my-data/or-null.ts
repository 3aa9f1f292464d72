/** An instant as it travels. */
export const orNull = (instant: Date | null): string | null => instant?.toISOString() ?? null
