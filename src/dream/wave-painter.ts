// Pictures by the waves that they consist of: what is ascended are waves, not pixels.

import { CosineBasis, frequencies } from './cosine-basis.js';

/**
 * How red, green and blue go together in images: the matrix square root of their covariance over ImageNet, scaled by its
 * longest column (Olah et al., 2017, and the numbers of lucid/optvis/param/color.py).
 */
const COLOR_CORRELATION = [
  [0.26, 0.09, 0.02],
  [0.27, 0.0, -0.05],
  [0.27, -0.09, 0.03],
] as const;
const longestColumn = Math.hypot(0.26, 0.27, 0.27);

/** How large a wave of one cycle a pixel is painted. */
const amplitude = 0.25;

type Triple = readonly [number, number, number];

/**
 * Paints pictures from waves, and takes gradients back to them (Olah, Mordvintsev, Schubert: "Feature Visualization", Distill,
 * 2017, "Preconditioning and Parameterization"):
 *
 *     picture = 255 sigmoid(M y),   y = sum of waves of frequency f, each times z_f / (4 f)
 *
 * with M the correlation of colors. A step of equal size for every z is then a long one for what is smooth and gray, as
 * images mostly are, and a short one for what is fine and colored; the sigmoid keeps the picture in its range.
 */
export class WavePainter implements Disposable {
  readonly #basis: CosineBasis;
  readonly #scales: Float32Array;
  readonly #colors: 1 | 3;
  /** of one picture: [colors, height, width] */
  readonly waveCount: number;

  constructor({ height, width, colors }: { height: number; width: number; colors: 1 | 3 }) {
    this.#basis = new CosineBasis(height, width);
    this.#scales = frequencies(height, width).map((frequency) => amplitude / frequency);
    this.#colors = colors;
    this.waveCount = colors * height * width;
  }

  /** @param waves [size, colors, height, width] @returns [size, height, width, colors], 0..255 */
  async paint(waves: Float32Array): Promise<Float32Array> {
    const planes = await this.#basis.synthesize(this.#scale(waves));
    this.#mixColors(planes, 'forward');
    const pictures = new Float32Array(planes.length);
    this.#visit(planes.length, (plane, pixel) => {
      pictures[pixel] = 255 / (1 + Math.exp(-(planes[plane] as number)));
    });
    return pictures;
  }

  /** @param gradient for the pictures @param pictures as they were painted @returns for the waves */
  async takeBack(gradient: Float32Array, pictures: Float32Array): Promise<Float32Array> {
    const planes = new Float32Array(gradient.length);
    this.#visit(planes.length, (plane, pixel) => {
      const part = (pictures[pixel] as number) / 255;
      planes[plane] = (gradient[pixel] as number) * 255 * part * (1 - part);
    });
    this.#mixColors(planes, 'backward');
    return this.#scale(await this.#basis.analyze(planes));
  }

  [Symbol.dispose](): void {
    this.#basis[Symbol.dispose]();
  }

  #scale(waves: Float32Array): Float32Array {
    const scales = this.#scales;
    return waves.map((wave, at) => wave * (scales[at % scales.length] as number));
  }

  /** In place. */
  #mixColors(planes: Float32Array, direction: 'forward' | 'backward'): void {
    if (this.#colors === 1) return;
    const area = this.#scales.length;
    const factor = (to: number, from: number) => {
      const [row, column] = direction === 'forward' ? [to, from] : [from, to];
      return (COLOR_CORRELATION[row]?.[column] as number) / longestColumn;
    };
    const row = (to: number): Triple => [factor(to, 0), factor(to, 1), factor(to, 2)];
    const [red, green, blue] = [row(0), row(1), row(2)];
    for (let image = 0; image < planes.length; image += 3 * area) {
      for (let at = image; at < image + area; at++) {
        const [a, b, c] = [planes[at] as number, planes[at + area] as number, planes[at + 2 * area] as number];
        planes[at] = red[0] * a + red[1] * b + red[2] * c;
        planes[at + area] = green[0] * a + green[1] * b + green[2] * c;
        planes[at + 2 * area] = blue[0] * a + blue[1] * b + blue[2] * c;
      }
    }
  }

  /** [size, colors, height, width] and [size, height, width, colors]. */
  #visit(length: number, move: (plane: number, pixel: number) => void): void {
    const [area, colors] = [this.#scales.length, this.#colors];
    for (let image = 0; image < length; image += colors * area) {
      for (let color = 0; color < colors; color++) {
        for (let at = 0; at < area; at++) move(image + color * area + at, image + at * colors + color);
      }
    }
  }
}
