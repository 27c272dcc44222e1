// What of a network lies in an HDF5 file of Keras.

import type { NamedArray } from '../../engines/contract/training-step.js';
import type { NetworkDefinition, WeightReader } from '../network-definition.js';

/** Plain data: it goes from one thread to another. */
export interface KerasNetwork {
  readonly definition: NetworkDefinition;
  /** how Keras compiled it */
  readonly compiled?: unknown;
  /** what `cnnviz export` says of it */
  readonly notes?: unknown;
}

/** As the thread has it that reads the file. */
export interface KerasContent extends KerasNetwork {
  /** see WeightReader */
  readWeights(address: string): NamedArray[];
}

/** As everybody else has it. */
export interface OpenedContent extends KerasNetwork {
  readonly readWeights: WeightReader;
  /** Lets go of the file. */
  close(): Promise<void>;
}
