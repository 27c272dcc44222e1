// The steps that a channel's values have over time.

/** Of the largest value; the smallest has 0. */
export const lastStep = 62;
/** NaN or infinite. */
export const noNumber = 63;
