// Weights of the same layer belong together: `conv/kernel` and `conv/bias`.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';

/** A weight as its file calls it. */
export interface StoredWeight {
  /** such as `sequential/conv2d/kernel:0` */
  readonly name: string;
  /** the outermost layer under whose name it lies, in files that have such a place */
  readonly holder?: string;
}

export interface WeightGroup<W extends StoredWeight> {
  readonly holder: string | undefined;
  /** the names before the roles: `sequential/conv2d` */
  readonly path: string;
  /** by role, as the file calls it, without a number */
  readonly weights: ReadonlyMap<string, W>;
}

/** What layers that are random in training keep: nothing that a network computes with. */
const isRandomState = (role: string) => /^seed_generator_state|^(rng|random)_state/.test(role);

/** Roles whose names end in a number of their own. */
export function groupWeights<W extends StoredWeight>(weights: readonly W[], refuse: RefuseFile): WeightGroup<W>[] {
  const groups = new Map<string, { holder: string | undefined; path: string; weights: Map<string, W> }>();
  for (const weight of weights) {
    const name = weight.name.replace(/:\d+$/, '');
    const slash = name.lastIndexOf('/');
    const path = slash < 0 ? (weight.holder ?? '') : name.slice(0, slash);
    const role = name.slice(slash + 1).replace(/_\d+$/, '');
    if (isRandomState(role)) continue;
    const key = JSON.stringify([weight.holder, path]);
    const group = groups.get(key) ?? { holder: weight.holder, path, weights: new Map() };
    if (group.weights.has(role)) throw refuse(`it has two weights called ${describeValue(`${path}/${role}`)}`);
    group.weights.set(role, weight);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Keras 2 and TensorFlow.js have another word, and ConvNeXt gives its weight none. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  'DepthwiseConv2D kernel': ['depthwise_kernel'],
  'LayerScale gamma': ['variable', 'Variable'],
};

/** A weight by its role, whatever its file calls that. */
export function findRole<W>(
  weights: ReadonlyMap<string, W>,
  role: string,
  kind: string,
): { name: string; weight: W } | undefined {
  const names = [role, ...(OTHER_NAMES[`${kind} ${role}`] ?? [])];
  for (const name of names) {
    const weight = weights.get(name);
    if (weight !== undefined) return { name, weight };
  }
  return undefined;
}
