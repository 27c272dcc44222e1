// Bytes to the network's input, as Keras's `rescale` makes it.

/**
 * The network's input from bytes, as Keras's `rescale` makes it: both factors in single precision.
 *
 * @param rescale factor, such as 1/255
 * @param out where to write; default new memory
 * @returns pixels.length values: `out` itself, or its beginning where it is longer
 */
export function toFloats(pixels: Uint8Array, rescale: number, out?: Float32Array): Float32Array {
  const factor = Math.fround(rescale);
  const table = Float32Array.from({ length: 256 }, (_, byte) => byte * factor);
  const floats = out === undefined ? new Float32Array(pixels.length) : out.subarray(0, pixels.length);
  for (let at = 0; at < pixels.length; at++) floats[at] = table[pixels[at] as number] as number;
  return floats;
}
