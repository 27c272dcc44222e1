// What differs from engine to engine; names and arguments are checked before.

import type { ChannelMeasurements } from './channel-measurements.js';
import type { ChannelPeaks } from './channel-peaks.js';
import type { ClassScores, Engine, InputMasks, LayerOutput, NetworkLayer, ScoreGradients } from './engine.js';
import type { NetworkInput } from './network-input.js';

/** An `Engine` whose layers are those of a plan and whose scores are there. */
export interface EngineCore {
  readonly kind: Engine['kind'];
  readonly precision: Engine['precision'];
  run(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]): Promise<LayerOutput[]>;
  computeScores(input: Float32Array): Promise<ClassScores>;
  differentiate(input: Float32Array, places: CorePlaces, scoreWeights: Float32Array): Promise<ScoreGradients>;
  sumGradients(input: Float32Array, scoreWeights: Float32Array): Promise<Float32Array>;
  computeMaskedScores(input: Float32Array, masks: InputMasks): Promise<Float32Array>;
  computeScoresFrom(input: Float32Array, layer: NetworkLayer, outputs: Float32Array): Promise<Float32Array>;
  /** See NetworkEngine. */
  differentiateFrom(
    input: Float32Array,
    layer: NetworkLayer,
    outputs: Float32Array,
    scoreWeights: Float32Array,
  ): Promise<Float32Array>;
  measure(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]): Promise<ChannelMeasurements[]>;
  differentiateChannels(inputs: Float32Array, objective: ChannelObjective): Promise<Float32Array>;
  locatePeaks(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]): Promise<ChannelPeaks[]>;
  /** Takes over the model's weights as they are now. */
  refresh(): void;
  dispose(): void;
}

/** What is differentiated for images: channels of a layer, or scores where it is null. */
export interface ChannelObjective {
  layer: NetworkLayer | null;
  /** [size, channels] */
  weights: Float32Array;
  /** of the layer's relu below 0 */
  slope: number;
}

/** What scores are differentiated for. */
export interface CorePlaces {
  layers: readonly NetworkLayer[];
  input: boolean;
  guided: boolean;
}
