// What a network that somebody brings can have at most.

/** Layers; the deepest networks that are in use have some 1,400. */
export const layersAtMost = 3000;

/** Numbers of one array: 2 GiB of float32. */
export const numbersAtMost = 2 ** 29;
