// The types of a training step's input and result.

import type { NetworkInput } from './network-input.js';

/** A named array of numbers that leaves the backend: a weight or an optimizer slot. */
export interface NamedArray {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Everything that a training step reads and writes: save it and a run can go on exactly. */
export interface TrainerState {
  /** in the order of `LayersModel.getWeights()` */
  weights: NamedArray[];
  /**
   * the optimizer's: `<slot>/<weight>` for each weight, and numbers that it keeps once, such as `iterations`; where `weights`
   * are a moving average also the weights in training, `trained/<weight>`
   */
  slots: NamedArray[];
}

/** What the network is trained or evaluated on. */
export interface TrainerBatch {
  inputs: NetworkInput;
  size: number;
  /** [size, 1] in 0..1 for one sigmoid unit, [size, classes] for softmax; may be fractional */
  targets: Float32Array;
  /** [size]; absent: 1 for every example */
  sampleWeights?: Float32Array;
}

export interface StepSettings {
  learningRate: number;
  /** uint32; with `step` it decides everything random in the step */
  seed: number;
  /** global step from 0 */
  step: number;
}

export interface StepResult {
  /** sum of weight x loss, divided by the number of examples */
  loss: number;
  /** examples classified correctly */
  correctCount: number;
  /** examples of all workers, where several share a batch; absent: the batch's */
  exampleCount?: number;
}

export interface EvaluationResult {
  /** sum of weight x loss over the batch */
  lossSum: number;
  correctCount: number;
  /** examples of all workers, where several share a batch; absent: the batch's */
  exampleCount?: number;
  /** [size, units]: the network's outputs (probabilities) for this worker's examples */
  outputs: Float32Array;
}
