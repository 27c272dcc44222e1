import { badArgument } from '../base/errors.js';
import type { Engine, GradientPlaces, InputMasks, NetworkLayer, ScoreGradient } from './contract/engine.js';
import type { EngineCore } from './contract/engine-core.js';
import type { NetworkInput } from './contract/network-input.js';
import type { NetworkPlan } from './contract/network-plan.js';
import { scoresOf } from './contract/scores.js';

/** A network on one of the engines: finds what is named and checks what is asked, the same for all of them. */
export class NetworkEngine implements Engine {
  readonly kind;
  readonly precision;
  readonly inputShape;
  readonly layers;
  readonly outputNames;
  readonly scoreCount;
  readonly outputKind;
  readonly #core: EngineCore;

  constructor({ inputShape, layers, outputs, scoreCount, outputKind }: NetworkPlan, core: EngineCore) {
    this.kind = core.kind;
    this.precision = core.precision;
    this.inputShape = inputShape;
    this.layers = layers;
    this.outputNames = outputs.map(({ name }) => name);
    this.scoreCount = scoreCount;
    this.outputKind = outputKind;
    this.#core = core;
  }

  async run(inputs: NetworkInput, size: number, layerNames: readonly string[]) {
    return this.#core.run(inputs, size, this.#find(layerNames));
  }

  async computeScores(input: Float32Array) {
    scoresOf(this);
    return this.#core.computeScores(input);
  }

  async differentiate(input: Float32Array, layerName: string, scoreWeights: Float32Array) {
    const { layers } = await this.differentiateAll(input, { layerNames: [layerName], input: false }, scoreWeights);
    return layers[0] as ScoreGradient;
  }

  async differentiateAll(input: Float32Array, places: GradientPlaces, scoreWeights: Float32Array) {
    const layers = this.#find(places.layerNames, scoresOf(this).layers);
    const { guided = false } = places;
    return this.#core.differentiate(input, { layers, input: places.input, guided }, scoreWeights);
  }

  async sumGradients(inputs: Float32Array, scoreWeights: Float32Array) {
    scoresOf(this);
    return this.#core.sumGradients(inputs, scoreWeights);
  }

  async computeMaskedScores(input: Float32Array, masks: InputMasks) {
    scoresOf(this);
    return this.#core.computeMaskedScores(input, masks);
  }

  async computeScoresFrom(input: Float32Array, layerName: string, outputs: Float32Array) {
    const [layer] = this.#find([layerName], scoresOf(this).layers);
    return this.#core.computeScoresFrom(input, layer as NetworkLayer, outputs);
  }

  /**
   * How a sum of scores depends on what a layer puts out, where that is known already: only what comes after it is computed. Opened
   * for 'score'.
   *
   * @param input one image, preprocessed: what other branches of the network get
   * @param outputs [size, ...the layer's shape]
   * @param scoreWeights [size, scores]
   * @returns the derivative for every value of `outputs`
   * @throws CnnvizError BAD_MODEL where there are no scores, BAD_ARGUMENT for a layer that has none after it
   */
  async differentiateFrom(input: Float32Array, layerName: string, outputs: Float32Array, scoreWeights: Float32Array) {
    const [layer] = this.#find([layerName], scoresOf(this).layers);
    return this.#core.differentiateFrom(input, layer as NetworkLayer, outputs, scoreWeights);
  }

  async measure(inputs: NetworkInput, size: number, layerNames: readonly string[]) {
    return this.#core.measure(inputs, size, this.#find(layerNames));
  }

  async differentiateChannels(inputs: Float32Array, layerName: string | null, weights: Float32Array, slope = 0) {
    if (layerName === null) scoresOf(this);
    const [layer = null] = layerName === null ? [] : this.#find([layerName]);
    return this.#core.differentiateChannels(inputs, { layer, weights, slope });
  }

  async locatePeaks(inputs: NetworkInput, size: number, layerNames: readonly string[]) {
    return this.#core.locatePeaks(inputs, size, this.#find(layerNames));
  }

  /** Takes over the model's weights as they are now: what comes after it is what an engine that was just opened would give. */
  refresh(): void {
    this.#core.refresh();
  }

  dispose(): void {
    this.#core.dispose();
  }

  #find(names: readonly string[], among: readonly { name: string }[] = this.layers): NetworkLayer[] {
    const known = among.map(({ name }) => name);
    return names.map((name) => {
      if (!known.includes(name)) throw badArgument('layer', `one of ${known.join(', ')}`, name);
      return this.layers.find((layer) => layer.name === name) as NetworkLayer;
    });
  }
}
