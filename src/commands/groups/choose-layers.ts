// Which layers are grouped, and which of a network's put out nothing below 0.

import { selectLayers } from '../../activations/select-layers.js';
import { CnnvizError } from '../../base/errors.js';
import { isPooling } from '../../channels/is-pooling.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { endsInRelu } from '../../engines/contract/layer-kind.js';
import { passesOn } from '../channels/passes-on.js';
import type { GroupsSettings } from './options.js';

/** Layers whose values are nowhere below 0 where those that they get are not. */
const keepsSign = /^(Add|Average|Concatenate|Cropping2D|Maximum|Minimum|Multiply|ZeroPadding2D|\w*Pooling\w*)$/;

/** @throws CnnvizError NOT_FOUND, BAD_ARGUMENT for layers without maps, BAD_MODEL where there is none to take by default */
export function chooseLayers(
  { layers: all }: Pick<Engine, 'layers'>,
  wanted: GroupsSettings['layers'],
): NetworkLayer[] {
  if (wanted === undefined) return [findDefault(all)];
  const names = selectLayers(all, wanted);
  const chosen = all.filter((layer) => names.includes(layer.name) && hasMaps(layer));
  const flat = Array.isArray(wanted)
    ? all.find(({ name, shape }) => names.includes(name) && shape.length !== 3)
    : undefined;
  if (flat === undefined && chosen.length > 0) return chosen;
  const found = flat === undefined ? 'none of them has' : `${flat.name} has none`;
  throw new CnnvizError('BAD_ARGUMENT', `layers: expected layers with maps, ${found}`, {
    options: ['layers'],
    hint: `Layers with maps: ${namesOf(all.filter(hasMaps))}.`,
  });
}

/** For a layer that has values below 0. */
export function hintAtLayers(all: readonly NetworkLayer[]): string {
  const names = namesOf(findNonNegative(all));
  return names === '' ? 'This network has no layer that ends in a relu.' : `Layers that end in a relu: ${names}.`;
}

function findDefault(all: readonly NetworkLayer[]): NetworkLayer {
  if (!all.some(hasMaps))
    throw new CnnvizError('BAD_MODEL', 'the network has no layer with maps', { options: ['layers'] });
  const last = findNonNegative(all).findLast(({ kind, shape }) => !isPooling(kind) && shape[0] !== 1);
  if (last !== undefined) return last;
  throw new CnnvizError('BAD_MODEL', 'the network has no layer with maps that ends in a relu', {
    options: ['layers'],
    hint: 'Groups need a layer with nothing below 0: if one of this network is so on your images, name it with --layers.',
  });
}

/** Layers with maps that put out nothing below 0 by how they are computed. */
function findNonNegative(all: readonly NetworkLayer[]): NetworkLayer[] {
  const found = new Set<string>();
  for (const { name, kind, settings, range, inputs } of all) {
    const ends = endsInRelu(kind, { ...settings }) || (range !== null && range[0] >= 0);
    if (ends || ((keepsSign.test(kind) || passesOn(kind)) && inputs.every((input) => found.has(input))))
      found.add(name);
  }
  return all.filter((layer) => found.has(layer.name) && hasMaps(layer));
}

function hasMaps({ kind, shape }: NetworkLayer): boolean {
  return shape.length === 3 && !passesOn(kind);
}

function namesOf(layers: readonly NetworkLayer[]): string {
  return layers.map(({ name }) => name).join(', ');
}
