// A network that somebody brings: what it is, and what its file says besides.

import type { NetworkDefinition, WeightReader } from './network-definition.js';

/** What a file is, in words for people. */
export type FileFormat = 'Keras 3 archive' | 'Keras HDF5 file' | 'TensorFlow.js layers model';

export interface NetworkFile {
  /** as it was asked for */
  readonly path: string;
  readonly format: FileFormat;
  readonly definition: NetworkDefinition;
  readonly readWeights: WeightReader;
  /** Lets go of the file; its weights cannot be read any more. */
  close(): Promise<void>;
}
