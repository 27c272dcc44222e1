/** Sides of the small picture that is hashed, and of the square of its frequencies that makes the hash. */
export const THUMBNAIL_SIZE = 32;
const FREQUENCIES = 16;
const HASH_WORDS = (FREQUENCIES * FREQUENCIES) / 32;

/** Frequencies weaker than this, in root mean square of 255, are noise: the picture is all but of one color. */
const MIN_STRENGTH = 1;

/** cos((2x + 1) u pi / 2N) for u = 1..16, x = 0..31: the rows of the DCT-II, unscaled, without the mean. */
const COSINES = Float64Array.from({ length: FREQUENCIES * THUMBNAIL_SIZE }, (_, index) => {
  const frequency = Math.floor(index / THUMBNAIL_SIZE) + 1;
  const place = index % THUMBNAIL_SIZE;
  return Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * THUMBNAIL_SIZE));
});

/**
 * A hash that changes little when a picture is saved again, resized, brightened or cut a little: 256 bits, one for each of
 * the 16 x 16 lowest frequencies of the brightness in both directions, 1 where it is above their median. (The DCT hash of
 * C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010, 3.2.1, after B. Coskun and
 * B. Sankur, Robust Video Hash Extraction, 2004, which has 8 x 8; with 256 bits other pictures stay much farther away.)
 *
 * @param pixels [32, 32, 3], 0..255
 * @returns 8 words; undefined for a picture with nothing in it
 */
export function hashThumbnail(pixels: Uint8Array): Uint32Array | undefined {
  const strengths = transform(toBrightness(pixels));
  const meanSquare = strengths.reduce((sum, strength) => sum + strength ** 2, 0) / strengths.length;
  if (meanSquare < MIN_STRENGTH ** 2) return undefined;
  const sorted = strengths.toSorted();
  const middle = sorted.length / 2;
  const median = ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  const hash = new Uint32Array(HASH_WORDS);
  for (const [index, strength] of strengths.entries()) {
    if (strength > median) hash[index >>> 5] = (hash[index >>> 5] as number) | (1 << (index & 31));
  }
  return hash;
}

/** In how many of their 256 bits two hashes differ; as soon as it is more than `limit`, just something above it. */
export function hashDistance(a: Uint32Array, b: Uint32Array, limit: number): number {
  let distance = 0;
  for (let word = 0; word < HASH_WORDS && distance <= limit; word++) {
    distance += countBits((a[word] as number) ^ (b[word] as number));
  }
  return distance;
}

/** ITU-R BT.601 */
function toBrightness(pixels: Uint8Array): Float64Array {
  const brightness = new Float64Array(pixels.length / 3);
  for (const pixel of brightness.keys()) {
    const [red, green, blue] = pixels.subarray(pixel * 3) as unknown as [number, number, number];
    brightness[pixel] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return brightness;
}

/** The orthonormal DCT-II in both directions, frequencies 1..16 of each: C X C' 2 / N. */
function transform(field: Float64Array): Float64Array {
  const half = multiplyByCosines(field, THUMBNAIL_SIZE);
  return multiplyByCosines(half, FREQUENCIES).map((sum) => (sum * 2) / THUMBNAIL_SIZE);
}

/** [rows, 32] to [16, rows]: each row's cosine sums, turned, so that the second call goes the other way. */
function multiplyByCosines(field: Float64Array, rows: number): Float64Array {
  const result = new Float64Array(FREQUENCIES * rows);
  for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let place = 0; place < THUMBNAIL_SIZE; place++) {
        const cosine = COSINES[frequency * THUMBNAIL_SIZE + place] as number;
        sum += (field[row * THUMBNAIL_SIZE + place] as number) * cosine;
      }
      result[frequency * rows + row] = sum;
    }
  }
  return result;
}

/** Henry S. Warren, Hacker's Delight, 5-1. */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
