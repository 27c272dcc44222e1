// A network that somebody brings: what it is, and what its file says besides.

import type { Preprocessing } from '../dataset/decode/preprocessing.js';
import type { NetworkDefinition, WeightReader } from './network-definition.js';

/** What a file is, in words for people. */
export type FileFormat =
  | 'Keras 3 archive'
  | 'Keras HDF5 file'
  | 'TensorFlow.js layers model'
  | 'Teachable Machine export';

/** Something that a file says, and where: `labels.txt beside it`. */
export interface Known<T> {
  readonly value: T;
  readonly source: string;
}

/** How images become a network's input, but for its size. */
export type ImageHandling = Omit<Preprocessing, 'height' | 'width' | 'channels'>;

/** What is known of a network besides its layers. What a file does not say is absent. */
export interface NetworkOrigin {
  readonly classNames?: Known<readonly string[]>;
  /** how it wants its pixels: -1 to 1, or 0 to 255 for a network that scales by itself */
  readonly convention?: Known<'signed' | 'raw'>;
  /** how images get its proportions */
  readonly fit?: Known<'crop'>;
  /** everything about its images, where the program that wrote the file knew it */
  readonly handling?: Known<ImageHandling>;
  /** its outputs are scores, of which this makes probabilities */
  readonly scores?: Known<'sigmoid' | 'softmax'>;
  /** lists of class names that lie beside it and cannot be its own, each with the reason */
  readonly ignored?: readonly string[];
}

/** A network of a file, before what its file says besides is looked for. */
export interface OpenedNetwork {
  readonly format: FileFormat;
  readonly definition: NetworkDefinition;
  /** how Keras compiled it, as the file has it */
  readonly compiled?: unknown;
  /** what `cnnviz export` says of it, as the file has it */
  readonly notes?: unknown;
  readonly readWeights: WeightReader;
  /** Lets go of the file; its weights cannot be read any more. */
  close(): Promise<void>;
}

export interface NetworkFile extends Omit<OpenedNetwork, 'compiled' | 'notes'> {
  /** as it was asked for */
  readonly path: string;
  readonly origin: NetworkOrigin;
}
