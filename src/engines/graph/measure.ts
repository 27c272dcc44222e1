// That graph in a session.

import type { GraphSession } from '../../backend/native/session.js';
import {
  type ChannelMeasurements,
  type ChannelMeter,
  diagonals,
  type MeasuredLayer,
} from '../contract/channel-meter.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { inputFeeds, type PixelInput } from './build/pixel-input.js';
import type { NetworkGraph } from './network-graph.js';

/** The tensors of a layer's measurements, by their names in `ChannelMeasurements`. `squares`: where there are no products. */
export type Reductions = Record<'means' | 'minima' | 'maxima' | 'firingCounts', GraphTensor> &
  Record<'saturatedCounts' | 'squares' | 'products', GraphTensor | null>;

/** Measures channels by one TensorFlow graph; see compileChannelMeter. */
export class GraphChannelMeter implements ChannelMeter {
  readonly inputShape: readonly number[];
  readonly layers: readonly MeasuredLayer[];
  readonly #pixels: PixelInput;
  readonly #session: GraphSession;
  readonly #reductions: readonly Reductions[];

  constructor(
    { inputShape, pixels }: NetworkGraph,
    session: GraphSession,
    measured: readonly { layer: MeasuredLayer; reductions: Reductions }[],
  ) {
    this.inputShape = inputShape;
    this.layers = measured.map(({ layer }) => layer);
    this.#pixels = pixels;
    this.#session = session;
    this.#reductions = measured.map(({ reductions }) => reductions);
  }

  async measure(inputs: NetworkInput, size: number): Promise<ChannelMeasurements[]> {
    const fetches = this.#reductions.flatMap((reductions) => Object.values(reductions).filter((each) => each !== null));
    const results = fetchArrays(this.#session, inputFeeds(this.#pixels, inputs, size), fetches);
    const arrays = new Map(fetches.map((tensor, index) => [tensor, results[index]?.values as Float32Array]));
    const valuesOf = (tensor: GraphTensor | null) => (tensor && arrays.get(tensor)) ?? null;
    return this.#reductions.map((reductions, index) => {
      const { name, shape } = this.layers[index] as MeasuredLayer;
      const products = valuesOf(reductions.products);
      const squares = products ? diagonals(products, shape.at(-1) as number) : valuesOf(reductions.squares);
      return {
        name,
        means: valuesOf(reductions.means) as Float32Array,
        minima: valuesOf(reductions.minima) as Float32Array,
        maxima: valuesOf(reductions.maxima) as Float32Array,
        firingCounts: valuesOf(reductions.firingCounts) as Float32Array,
        saturatedCounts: valuesOf(reductions.saturatedCounts),
        squares: squares as Float32Array,
        products,
      };
    });
  }

  dispose(): void {
    this.#session.dispose();
  }
}
