/** Images as they were decoded, and the factor that makes them the network's input: Keras's `rescale`. */
export interface ScaledBytes {
  /** [size, height, width, channels], 0..255 */
  bytes: Uint8Array;
  /** such as 1/255; it acts in single precision */
  rescale: number;
}

/** What a network gets, [size, height, width, channels]: numbers as they are, or bytes that are scaled on the way. */
export type NetworkInput = Float32Array | ScaledBytes;
