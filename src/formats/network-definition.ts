// A network as a file of any format defines it: plain data, in Keras's words.

import type { NamedArray } from '../engines/contract/training-step.js';

/** One of the tensors that a call of a layer puts out. */
export interface TensorReference {
  /** the layer's address, see LayerDefinition */
  readonly layer: string;
  /** which call of it, from 0 */
  readonly call: number;
  /** which of the call's outputs, from 0 */
  readonly output: number;
}

/** One call of a layer. */
export interface CallDefinition {
  readonly inputs: readonly TensorReference[];
  /**
   * as Keras calls it: lists, numbers, texts, and `{ input }` for the input tensor of that number; what an operation such as `x / 127.5` needs.
   * Slices and `...` as Keras 3 writes them: `{ class_name: '__slice__', config: { start, stop, step } }`, `__ellipsis__`.
   */
  readonly arguments: readonly unknown[];
  /** without `training` and `mask`: a network is looked at, not trained */
  readonly keywords: Readonly<Record<string, unknown>>;
}

/** One layer of a network without networks in it. */
export interface LayerDefinition {
  /** unique: `conv_1`; `base/conv_1` for a layer of a network that lay within the network */
  readonly address: string;
  /** Keras's class, such as `Conv2D`; for an operation of a functional model its own, such as `TrueDivide` */
  readonly kind: string;
  /** an operation of `keras.ops` such as `x / 127.5`, not a layer: both have a `Subtract`, called with other arguments */
  readonly isOperation: boolean;
  /**
   * as Keras 3 would write it (snake_case), whatever dialect the file has. Keras 2's `hard_sigmoid` is another function than
   * Keras 3's: here `keras_2_hard_sigmoid`
   */
  readonly config: Readonly<Record<string, unknown>>;
  /** without inputs for an InputLayer */
  readonly calls: readonly CallDefinition[];
}

/** A network, those within it taken apart. */
export interface NetworkDefinition {
  readonly name: string;
  /** InputLayers too, in the file's order */
  readonly layers: readonly LayerDefinition[];
  readonly inputs: readonly TensorReference[];
  readonly outputs: readonly TensorReference[];
}

/**
 * Reads the weights of a layer, in the order of Keras 3, each named by its role there: `kernel` (of a DepthwiseConv2D too),
 * `bias`, `gamma`, `moving_mean`.
 */
export type WeightReader = (address: string) => Promise<readonly NamedArray[]>;
