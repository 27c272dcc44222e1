// A sample of the places of a layer's maps, from every image, in bounded memory.

import { createRandom, permutation } from '../base/random.js';
import type { Matrix } from './products.js';

/** Values of a sample: 8 MiB. */
const valuesAtMost = 2 ** 21;

/** Places of the maps of many images, drawn evenly: of each image as many, where they are not all. */
export class LayerSample {
  readonly #places: number;
  readonly #columns: number;
  readonly #imageCount: number;
  readonly #seed: number;
  readonly #room: number;
  readonly #values: Float32Array;
  #rows = 0;

  /** @param shape of the layer, [height, width, channels] @param imageCount that may come, each once */
  constructor([height, width, channels]: readonly [number, number, number], imageCount: number, seed: number) {
    this.#places = height * width;
    this.#columns = channels;
    this.#imageCount = imageCount;
    this.#seed = seed;
    this.#room = Math.max(1, Math.min(imageCount * this.#places, Math.floor(valuesAtMost / channels)));
    this.#values = new Float32Array(this.#room * channels);
  }

  /** @param maps of one image, [height, width, channels] @param fileIndex its place among all images, which decides what is drawn of it */
  add(maps: Float32Array, fileIndex: number): void {
    const end = (count: number) => Math.floor((count * this.#room) / this.#imageCount);
    const quota = Math.min(this.#places, end(fileIndex + 1) - end(fileIndex));
    const columns = this.#columns;
    const order = permutation(this.#places, createRandom(this.#seed, 'sample', fileIndex));
    for (const place of order.subarray(0, quota).sort()) {
      this.#values.set(maps.subarray(place * columns, (place + 1) * columns), this.#rows * columns);
      this.#rows++;
    }
  }

  /** What was drawn. */
  get matrix(): Matrix {
    const [rows, columns] = [this.#rows, this.#columns];
    return { rows, columns, values: this.#values.subarray(0, rows * columns) };
  }
}

/** Each channel's values at other places, drawn for each by itself: as strong and as seldom, and nothing fires together but by chance. */
export function shuffleColumns({ rows, columns, values }: Matrix, seed: number): Matrix {
  const shuffled = new Float32Array(values.length);
  for (let column = 0; column < columns; column++) {
    permutation(rows, createRandom(seed, 'shuffle', column)).forEach((from, row) => {
      shuffled[row * columns + column] = values[from * columns + column] as number;
    });
  }
  return { rows, columns, values: shuffled };
}
