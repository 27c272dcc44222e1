// What the thread that reads an HDF5 file is given, and what it answers.

import type { ErrorCode } from '../../base/errors.js';
import type { NamedArray } from '../../engines/contract/training-step.js';
import type { NestedNetwork } from '../config/nested-network.js';
import type { KerasNetwork } from './content.js';

export interface Hdf5Task {
  /** of the HDF5 file */
  readonly path: string;
  /** that the file has the weights of, from a .keras file's config.json */
  readonly network?: NestedNetwork;
  /** for a file of weights alone: the network's configuration as JSON */
  readonly architecture?: unknown;
}

export interface ThreadTask extends Hdf5Task {
  /** bytes that the library may take */
  readonly memoryAtMost: number;
}

export type ThreadAnswer =
  | { readonly network: KerasNetwork }
  | { readonly arrays: readonly NamedArray[] }
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined } }
  | { readonly bug: unknown };
