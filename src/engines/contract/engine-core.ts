// What differs from engine to engine; names and arguments are checked before.

import type { ChannelMeasurements } from './channel-measurements.js';
import type { ClassScores, Engine, LayerOutput, NetworkLayer, ScoreGradient } from './engine.js';
import type { NetworkInput } from './network-input.js';

/** An `Engine` whose layers are those of a plan and whose scores are there. */
export interface EngineCore {
  readonly kind: Engine['kind'];
  readonly precision: Engine['precision'];
  run(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]): Promise<LayerOutput[]>;
  computeScores(input: Float32Array): Promise<ClassScores>;
  differentiate(input: Float32Array, layer: NetworkLayer, scoreWeights: Float32Array): Promise<ScoreGradient>;
  measure(inputs: NetworkInput, size: number, layers: readonly NetworkLayer[]): Promise<ChannelMeasurements[]>;
  dispose(): void;
}
