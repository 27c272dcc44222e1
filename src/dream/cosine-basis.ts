// Pictures as sums of cosine waves, and gradients taken apart into them.

import { tf } from '../backend/tfjs/tensors.js';

/** The orthonormal cosine waves of pictures of one size (DCT-II; Ahmed, Natarajan, Rao, 1974). */
export class CosineBasis implements Disposable {
  readonly #height: number;
  readonly #width: number;
  /** [wave, place] */
  readonly #down: tf.Tensor3D;
  readonly #across: tf.Tensor2D;

  constructor(height: number, width: number) {
    this.#height = height;
    this.#width = width;
    this.#down = tf.tensor3d(cosines(height), [1, height, height]);
    this.#across = tf.tensor2d(cosines(width), [width, width]);
  }

  /** @param waves [planes, height, width]: how much there is of each @returns [planes, height, width]: their sum */
  async synthesize(waves: Float32Array): Promise<Float32Array> {
    return this.#transform(waves, 'synthesize');
  }

  /** The transpose, which is the inverse: a gradient for the planes becomes one for the waves. */
  async analyze(planes: Float32Array): Promise<Float32Array> {
    return this.#transform(planes, 'analyze');
  }

  async #transform(values: Float32Array, direction: 'synthesize' | 'analyze'): Promise<Float32Array> {
    const [height, width] = [this.#height, this.#width];
    const result = tf.tidy(() => {
      const across = direction === 'synthesize' ? this.#across : tf.transpose(this.#across);
      const down = direction === 'synthesize' ? tf.transpose(this.#down, [0, 2, 1]) : this.#down;
      const rows = tf.matMul(tf.tensor2d(values, [values.length / width, width]), across);
      return tf.matMul(down, tf.reshape(rows, [-1, height, width]));
    });
    try {
      return await result.data<'float32'>();
    } finally {
      result.dispose();
    }
  }

  [Symbol.dispose](): void {
    tf.dispose([this.#down, this.#across]);
  }
}

/** [wave, place] of as many waves as places. */
function cosines(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, at) => {
    const [wave, place] = [Math.floor(at / size), at % size];
    const length = Math.sqrt((wave === 0 ? 1 : 2) / size);
    return length * Math.cos((Math.PI * wave * (2 * place + 1)) / (2 * size));
  });
}

/**
 * The frequency of each wave, cycles a pixel, [height, width]; the lowest ones count as one cycle a picture.
 */
export function frequencies(height: number, width: number): Float32Array {
  const lowest = 1 / Math.max(height, width);
  return Float32Array.from({ length: height * width }, (_, at) => {
    const [down, across] = [Math.floor(at / width) / (2 * height), (at % width) / (2 * width)];
    return Math.max(lowest, Math.hypot(down, across));
  });
}
