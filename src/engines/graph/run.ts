// That graph as a `Network`.

import type { GraphSession } from '../../backend/native/session.js';
import { badArgument } from '../../base/errors.js';
import type { LayerOutput, Network } from '../contract/network.js';
import type { NetworkInput } from '../contract/network-input.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { inputFeeds, type PixelInput } from './build/pixel-input.js';
import type { NetworkGraph } from './network-graph.js';

/** Runs the layers of a compiled graph. Only what the wanted layers need is computed. */
export class GraphNetwork implements Network {
  readonly inputShape: readonly number[];
  readonly layerNames: readonly string[];
  readonly #pixels: PixelInput;
  readonly #session: GraphSession;
  readonly #outputs: ReadonlyMap<string, GraphTensor>;

  /** @param outputs what each layer's output is fetched by, see addFetches */
  constructor(network: NetworkGraph, session: GraphSession, outputs: ReadonlyMap<string, GraphTensor>) {
    this.inputShape = network.inputShape;
    this.layerNames = network.layers.map(({ name }) => name);
    this.#pixels = network.pixels;
    this.#session = session;
    this.#outputs = outputs;
  }

  async run(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<LayerOutput[]> {
    const fetches = layerNames.map((name) => {
      const output = this.#outputs.get(name);
      if (!output) throw badArgument('layer', `one of ${this.layerNames.join(', ')}`, name);
      return output;
    });
    const results = fetchArrays(this.#session, inputFeeds(this.#pixels, inputs, size), fetches);
    return results.map((result, index) => ({ name: layerNames[index] as string, ...result }));
  }

  dispose(): void {
    this.#session.dispose();
  }
}
