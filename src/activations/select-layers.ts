import { badArgument, CnnvizError } from '../base/errors.js';
import { suggest } from '../base/near-name.js';

/**
 * Which layers to show: the first N, those named, or every one. Absent: all before the first Flatten; of a network with more than
 * 24 of maps the first convolution and the last map of each size.
 */
export type LayerSelection = number | string[] | 'all';

/** What is needed to know of a layer to choose it. */
export interface SelectableLayer {
  name: string;
  /** what Keras calls its class: `Conv2D`, `MaxPooling2D`, `Flatten`, ... */
  kind: string;
  /** without the batch: [height, width, channels] or [units]; where it is absent, every layer counts as one without maps */
  shape?: readonly (number | null)[];
}

/** More maps than these are not shown without being asked for: that would be minutes, and hundreds of pictures. */
const mapsAtMost = 24;

/**
 * The names of the chosen layers, in the network's order. An InputLayer neither counts nor can be chosen.
 *
 * @throws CnnvizError BAD_ARGUMENT for a count below 1 or an empty list, NOT_FOUND for what this network does not have
 */
export function selectLayers(layers: readonly SelectableLayer[], selection?: LayerSelection): string[] {
  const shown = layers.filter((layer) => layer.kind !== 'InputLayer');
  const names = shown.map((layer) => layer.name);
  if (selection === 'all') return names;
  if (selection === undefined) {
    const flatten = shown.findIndex((layer) => layer.kind === 'Flatten');
    // A network that starts flat has no maps; its vectors are then all there is to show.
    return findLandmarks(shown) ?? (flatten <= 0 ? names : names.slice(0, flatten));
  }
  return typeof selection === 'number' ? takeFirst(names, selection) : takeNamed(names, selection);
}

/** Layers that show nothing but what they get, with another frame. */
const FRAMES = /^(InputLayer|ZeroPadding2D|Cropping2D)$/;

/**
 * Of a network with too many maps to look at them all, the names of those that stand for the rest: the first convolution and
 * the last map of each height and width. Undefined for other networks.
 */
export function findLandmarks(layers: readonly SelectableLayer[]): string[] | undefined {
  const maps = layers.filter(({ kind, shape }) => !FRAMES.test(kind) && shape?.length === 3);
  if (maps.length <= mapsAtMost) return undefined;
  const lastOfSize = new Map(maps.map((layer) => [layer.shape?.slice(0, 2).join(), layer]));
  const chosen = new Set(lastOfSize.values());
  const firstConvolution = maps.find(({ kind }) => kind.includes('Conv'));
  return maps.filter((layer) => layer === firstConvolution || chosen.has(layer)).map(({ name }) => name);
}

/**
 * What a count does not choose although it would in the article's network, where nothing stands between convolutions and
 * poolings: as many of these, from the first on. Undefined where the first layers are just these, or there are not so many.
 */
export function missedLayers(layers: readonly SelectableLayer[], selection?: LayerSelection): string[] | undefined {
  if (typeof selection !== 'number') return undefined;
  const meant = layers.filter(({ kind }) => /Conv|Pooling/.test(kind)).map(({ name }) => name);
  const isPlain = selectLayers(layers, selection).every((name) => meant.includes(name));
  return isPlain || meant.length < selection ? undefined : meant.slice(0, selection);
}

function takeFirst(names: string[], count: number): string[] {
  if (!Number.isInteger(count) || count < 1) throw badArgument('layers', 'a count of at least 1', count);
  if (count > names.length) {
    throw notFound(`layers: asked for the first ${count}, but the network has ${names.length}`, names);
  }
  return names.slice(0, count);
}

function takeNamed(names: string[], wanted: string[]): string[] {
  if (wanted.length === 0) throw badArgument('layers', 'a count, layer names or "all"', '');
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const message = `layers: the network has no layer ${unknown.map((name) => `"${name}"`).join(', ')}`;
    throw notFound(message, names, suggest(unknown[0] as string, names));
  }
  return names.filter((name) => wanted.includes(name));
}

function notFound(message: string, names: string[], near = ''): CnnvizError {
  return new CnnvizError('NOT_FOUND', message, {
    options: ['layers'],
    hint: `${near}Its layers are: ${names.join(', ')}.`,
  });
}
