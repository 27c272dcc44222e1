// Reads shards of the first format: their arrays stand in the JSON in base 64, and pairs of channels fill a square.

import { ARRAYS } from '../shards/packed-arrays.js';
import { countPairs, type LayerTally, placeOfPair } from './tally.js';

/** What `JSON.parse` takes to decode such arrays; one that cannot be decoded becomes undefined. */
export function decodeBase64Array(_key: string, value: unknown): unknown {
  if (!(value instanceof Object && 'array' in value && 'base64' in value)) return value;
  if (typeof value.array !== 'string' || !Object.hasOwn(ARRAYS, value.array)) return undefined;
  if (typeof value.base64 !== 'string') return undefined;
  const ArrayOfKind = ARRAYS[value.array as keyof typeof ARRAYS];
  // Copied: an array needs memory that begins at a multiple of its elements' size.
  const memory = new Uint8Array(Buffer.from(value.base64, 'base64')).buffer;
  return memory.byteLength % ArrayOfKind.BYTES_PER_ELEMENT === 0 ? new ArrayOfKind(memory) : undefined;
}

/** Keeps each pair of channels once. What is not such a shard stays as it is, for the schema to refuse. */
export function dropSecondPairs(content: unknown): void {
  const { layers } = content as { layers?: unknown };
  if (!Array.isArray(layers)) return;
  for (const layer of layers) {
    const { tally } = Object(layer) as { tally?: LayerTally | null };
    if (tally?.products instanceof Float64Array && tally.products.length === tally.channels ** 2) {
      tally.products = pairsOfSquare(tally.products, tally.channels);
    }
  }
}

function pairsOfSquare(square: Float64Array, channels: number): Float64Array {
  const pairs = new Float64Array(countPairs(channels));
  for (let a = 0; a < channels; a++) {
    pairs.set(square.subarray(a * channels + a, (a + 1) * channels), placeOfPair(channels, a, a));
  }
  return pairs;
}
