// A network as its configuration has it, before the networks within it are taken apart.

import type { CallDefinition, TensorReference } from '../network-definition.js';

export interface NestedLayer {
  /** unique in its network */
  readonly name: string;
  readonly kind: string;
  readonly isOperation: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: readonly CallDefinition[];
  /** of a layer that is a network itself */
  readonly network?: NestedNetwork;
  /** the input that a Sequential has without saying so: no layer of the file's own */
  readonly isImplied?: true;
}

export interface NestedNetwork {
  readonly name: string;
  readonly isSequential: boolean;
  readonly layers: readonly NestedLayer[];
  /** references to layers by their name in this network */
  readonly inputs: readonly TensorReference[];
  readonly outputs: readonly TensorReference[];
}

/** Classes of networks, in all versions of Keras. */
export function isNetworkClass(className: string): boolean {
  return className === 'Functional' || className === 'Model' || className === 'Sequential';
}
