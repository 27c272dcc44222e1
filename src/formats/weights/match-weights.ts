// Finds which of a file's named weights belong to which layer: by the layer's name and the weight's role, never by position.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { listWeightRoles } from '../config/layer-kinds.js';
import type { LayerDefinition } from '../network-definition.js';
import { findRole, groupWeights, type StoredWeight, type WeightGroup } from './weight-groups.js';

/** A layer with the roles of its weights; undefined where its kind is not known. */
interface Wanting {
  readonly layer: LayerDefinition;
  readonly roles: string[] | undefined;
}

/** Whether a group's path names a layer; the surest first. Each is asked for what those before it left over. */
const RULES: readonly ((path: string, address: string) => boolean)[] = [
  (path, address) => path === address,
  // Keras 3 puts the network's name before that of the layer.
  (path, address) => path.endsWith(`/${address}`),
  // A layer of an inner network may stand without the network's name.
  (path, address) => address.endsWith(`/${path}`),
  (path, address) => lastPart(path) === lastPart(address),
  // A name that was taken when the weights were made got a number, or another one.
  (path, address) => stemOf(path) === stemOf(address),
];

/**
 * @returns the weights of each layer by its address, in the order of Keras 3
 * @throws what `refuse` makes of weights that are missing, left over, or could belong to several layers
 */
export function matchWeights<W extends StoredWeight>(
  layers: readonly LayerDefinition[],
  weights: readonly W[],
  refuse: RefuseFile,
): Map<string, { role: string; weight: W }[]> {
  const groups = new Set(groupWeights(weights, refuse));
  let wanting: Wanting[] = layers
    .map((layer) => ({ layer, roles: listWeightRoles(layer) }))
    .filter(({ roles }) => roles?.length !== 0);
  const result = new Map<string, { role: string; weight: W }[]>();
  for (const rule of RULES) {
    for (const [{ layer, roles }, group] of findPairs(wanting, groups, rule)) {
      groups.delete(group);
      result.set(layer.address, assignRoles(layer, roles, group, refuse));
    }
    wanting = wanting.filter(({ layer }) => !result.has(layer.address));
  }
  const missing = wanting.filter(({ roles }) => roles !== undefined).map(({ layer }) => layer.address);
  const leftOver = [...groups].map(({ path }) => path);
  if (missing.length > 0) {
    const others = leftOver.length === 0 ? '' : `; weights of no layer: ${listNames(leftOver)}`;
    throw refuse(`the weights of ${count(missing)} are missing: ${listNames(missing)}${others}`, MISMATCH);
  }
  if (leftOver.length > 0) throw refuse(`it has weights of no layer: ${listNames(leftOver)}`, MISMATCH);
  return result;
}

const MISMATCH = { hint: 'The network and its weights do not belong together: save both again in one call.' };

/** Layers and groups that a rule brings together, and that it brings together with nothing else. */
function findPairs<W extends StoredWeight>(
  wanting: readonly Wanting[],
  groups: ReadonlySet<WeightGroup<W>>,
  rule: (path: string, address: string) => boolean,
): [Wanting, WeightGroup<W>][] {
  const claims = new Map<WeightGroup<W>, Wanting[]>();
  const pairs: [Wanting, WeightGroup<W>][] = [];
  for (const wanted of wanting) {
    const { address } = wanted.layer;
    const found = [...groups].filter(({ holder, path }) => {
      return (holder === undefined || address === holder || address.startsWith(`${holder}/`)) && rule(path, address);
    });
    for (const group of found) claims.set(group, [...(claims.get(group) ?? []), wanted]);
    if (found.length === 1) pairs.push([wanted, found[0] as WeightGroup<W>]);
  }
  return pairs.filter(([, group]) => claims.get(group)?.length === 1);
}

function assignRoles<W extends StoredWeight>(
  { address, kind }: LayerDefinition,
  roles: readonly string[] | undefined,
  { weights, path }: WeightGroup<W>,
  refuse: RefuseFile,
): { role: string; weight: W }[] {
  if (roles === undefined) return [...weights].map(([role, weight]) => ({ role, weight }));
  const left = new Map(weights);
  const result = roles.map((role) => {
    const found = findRole(left, role, kind);
    if (found === undefined) throw refuse(`the ${role} of its layer ${describeValue(address)} is missing`, MISMATCH);
    left.delete(found.name);
    return { role, weight: found.weight };
  });
  const [extra] = left.keys();
  if (extra === undefined) return result;
  throw refuse(`its layer ${describeValue(address)} (${kind}) has no use for the weight ${path}/${extra}`, MISMATCH);
}

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const stemOf = (path: string) => lastPart(path).replace(/_\d+$/, '');
const count = (names: readonly string[]) => (names.length === 1 ? '1 layer' : `${names.length} layers`);

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(describeValue).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
