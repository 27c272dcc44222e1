import type { InputMasks, NetworkLayer } from './contract/engine.js';
import type { ChannelObjective, CorePlaces, EngineCore } from './contract/engine-core.js';
import type { NetworkInput } from './contract/network-input.js';

/**
 * Images for which a deep network is still run op by op. TensorFlow optimizes a graph of a hundred layers for more than a
 * second of CPU before it runs the first time, and again for every other choice of layers, which as many images gain.
 */
const fewImages = 8;

/** Masks come by the hundred, gradients that are added up by the dozen, and peaks are looked for in folders: parts of those must add up, computed in one way. */
const manyImages = fewImages + 1;

/**
 * A deep network for a command that may want a single image or many: op by op as long as few images have come for the same
 * layers, then by the graph. Which of them an image meets depends on the calls before it alone, so runs can be repeated.
 */
export class LateGraph implements EngineCore {
  readonly kind = 'graph';
  readonly precision = 'float32';
  readonly #layers: EngineCore;
  readonly #openGraph: () => EngineCore;
  #graph: EngineCore | undefined;
  /** by what was asked for */
  readonly #imageCounts = new Map<string, number>();

  /** @param openGraph called once, for the first images beyond the few */
  constructor(layers: EngineCore, openGraph: () => EngineCore) {
    this.#layers = layers;
    this.#openGraph = openGraph;
  }

  run(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]) {
    const names = layers.map(({ name }) => name);
    return this.#choose(JSON.stringify(['run', names]), size).run(inputs, size, layers);
  }

  computeScores(input: Float32Array) {
    return this.#choose('scores', 1).computeScores(input);
  }

  differentiate(input: Float32Array, places: CorePlaces, scoreWeights: Float32Array) {
    const names = places.layers.map(({ name }) => name);
    const asked = JSON.stringify(['gradient', names, places.input, places.guided]);
    return this.#choose(asked, 1).differentiate(input, places, scoreWeights);
  }

  sumGradients(input: Float32Array, scoreWeights: Float32Array) {
    return this.#choose('sum', manyImages).sumGradients(input, scoreWeights);
  }

  computeMaskedScores(input: Float32Array, masks: InputMasks) {
    return this.#choose('masked', manyImages).computeMaskedScores(input, masks);
  }

  computeScoresFrom(input: Float32Array, layer: NetworkLayer, outputs: Float32Array) {
    const size = outputs.length / layer.shape.reduce((product, length) => product * length, 1);
    return this.#choose(JSON.stringify(['from', layer.name]), size).computeScoresFrom(input, layer, outputs);
  }

  differentiateFrom(input: Float32Array, layer: NetworkLayer, outputs: Float32Array, scoreWeights: Float32Array) {
    // All outputs are of one image: its scores for several classes.
    const core = this.#choose(JSON.stringify(['gradient from', layer.name]), 1);
    return core.differentiateFrom(input, layer, outputs, scoreWeights);
  }

  measure(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]) {
    const names = layers.map(({ name }) => name);
    return this.#choose(JSON.stringify(['measure', names]), size).measure(inputs, size, layers);
  }

  differentiateChannels(inputs: Float32Array, objective: ChannelObjective) {
    return this.#choose('channels', manyImages).differentiateChannels(inputs, objective);
  }

  locatePeaks(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]) {
    return this.#choose('peaks', manyImages).locatePeaks(inputs, size, layers);
  }

  /** What was run before counts no more: which of the two an image meets must not depend on when a training was resumed. */
  refresh(): void {
    this.dispose();
    this.#graph = undefined;
    this.#imageCounts.clear();
    this.#layers.refresh();
  }

  dispose(): void {
    this.#graph?.dispose();
  }

  #choose(asked: string, size: number): EngineCore {
    const count = (this.#imageCounts.get(asked) ?? 0) + size;
    this.#imageCounts.set(asked, count);
    if (count <= fewImages) return this.#layers;
    this.#graph ??= this.#openGraph();
    return this.#graph;
  }
}
