// What a layer computes, from which layers' values, and with which weights.

import type { LayerRule } from '../base/layer-rule.js';

/** A layer's computation. A layer that does nothing in inference is passed over: what follows it gets what it got. */
export interface LayerComputation {
  /** see NetworkLayer */
  readonly name: string;
  readonly rule: LayerRule;
  /** names of the layers whose values it gets, '' for the network's input */
  readonly inputs: readonly string[];
  readonly weights: LayerWeights;
}

/** Weights by what a rule does with them. */
export interface LayerWeights {
  /** [height, width, input channels, filters], or [inputs, units] of a dense layer */
  readonly kernel?: { readonly shape: readonly number[]; readonly values: Float32Array };
  /** one a channel, of an affine rule */
  readonly scale?: Float32Array;
  /** one a filter, unit or channel: a bias, or an offset */
  readonly bias?: Float32Array;
}
