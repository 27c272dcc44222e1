export const PRECISIONS = ['float32', 'bfloat16'] as const;

/**
 * What convolutions and poolings are computed in. bfloat16 has float32's range and 8 of its 24 bits; sums are float32 there
 * too, and so is everything else: weights, their updates, statistics, products of Dense layers, losses.
 */
export type Precision = (typeof PRECISIONS)[number];
