// What workers say to each other besides gradients, as a graph: sums of a few numbers and of bytes.

import type { Attribute, GraphNode } from '../backend/native/saved-model.js';

/** One group: all workers. */
const GROUP_KEY = 1;

/** Instance keys below belong to the control graph: every collective operation has one of its own, the same on all workers. */
export const FIRST_FREE_KEY = 16;

/** The constant inputs of a collective operation: how many workers, their group, and the operation's own key. */
export function collectiveKeys(size: number, instanceKey: number): number[] {
  return [size, GROUP_KEY, instanceKey];
}

/** int32 in one sum: TensorFlow wants the same shape in every call of an operation. */
export const WORDS_AT_ONCE = 4096;

/** float64 in one sum, at least. */
const NUMBERS = 4;

/** float64 in one sum: one for each worker, and one more. */
export function numbersAtOnce(size: number): number {
  return Math.max(NUMBERS, size + 1);
}

/** Sums `numbers`, float64, to `numbers_sum`, and `words`, int32, to `words_sum`, over all workers. */
export function buildControlGraph(size: number): GraphNode[] {
  const numbers = { name: 'numbers', type: 'double', length: numbersAtOnce(size), instanceKey: 1 } as const;
  const words = { name: 'words', type: 'int32', length: WORDS_AT_ONCE, instanceKey: 2 } as const;
  return [...addSum(size, numbers), ...addSum(size, words)];
}

interface Sum {
  name: string;
  type: 'double' | 'int32';
  length: number;
  instanceKey: number;
}

function addSum(size: number, { name, type, length, instanceKey }: Sum): GraphNode[] {
  const keys = collectiveKeys(size, instanceKey).map((key, place) => ({
    name: `${name}_key_${place}`,
    op: 'Const',
    inputs: [],
    attributes: { dtype: { type: 'int32' }, value: { tensor: { shape: [], values: Int32Array.of(key) } } } as const,
  }));
  return [
    { name, op: 'Placeholder', inputs: [], attributes: { dtype: { type }, shape: { shape: [length] } } },
    ...keys,
    {
      name: `${name}_sum`,
      op: 'CollectiveReduceV2',
      inputs: [name, ...keys.map((key) => key.name)],
      attributes: summing(type),
    },
  ];
}

/** The attributes of CollectiveReduceV2 that adds by the ring algorithm. */
export function summing(type: 'float' | 'double' | 'int32'): Record<string, Attribute> {
  return {
    T: { type },
    merge_op: { string: 'Add' },
    final_op: { string: 'Id' },
    communication_hint: { string: 'ring' },
    timeout_seconds: { float: 0 },
  };
}
