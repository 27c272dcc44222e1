import type { GraphSession } from '../backend/native/session.js';
import { badArgument } from '../errors.js';
import type { LayerOutput, Network } from '../model/network.js';
import { fetchArrays } from './fetch-arrays.js';
import type { GraphTensor } from './graph-builder.js';
import type { NetworkGraph } from './network-graph.js';

/** Runs the layers of a compiled graph. Only what the wanted layers need is computed. */
export class GraphNetwork implements Network {
  readonly inputShape: readonly number[];
  readonly layerNames: readonly string[];
  readonly #input: GraphTensor;
  readonly #session: GraphSession;
  readonly #outputs: ReadonlyMap<string, GraphTensor>;

  /** @param outputs each layer's output, see addInference */
  constructor(network: NetworkGraph, session: GraphSession, outputs: ReadonlyMap<string, GraphTensor>) {
    this.inputShape = network.inputShape;
    this.layerNames = network.layers.map(({ name }) => name);
    this.#input = network.input;
    this.#session = session;
    this.#outputs = outputs;
  }

  async run(inputs: Float32Array, size: number, layerNames: readonly string[]): Promise<LayerOutput[]> {
    const fetches = layerNames.map((name) => {
      const output = this.#outputs.get(name);
      if (!output) throw badArgument('layer', `one of ${this.layerNames.join(', ')}`, name);
      return output;
    });
    const feed = { to: this.#input, values: inputs, shape: [size, ...this.inputShape] };
    const results = fetchArrays(this.#session, [feed], fetches);
    return results.map((result, index) => ({ name: layerNames[index] as string, ...result }));
  }

  dispose(): void {
    this.#session.dispose();
  }
}
