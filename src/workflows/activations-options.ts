import type { LayerSelection } from '../activations/select-layers.js';
import { fillDefaults, requireInteger, requireOneOf } from '../arguments.js';
import { badArgument } from '../errors.js';
import { type ColormapName, colormapNames } from '../rendering/colormap.js';
import { type Normalization, normalizations } from '../rendering/normalize.js';
import type { WorkflowOptions } from './events.js';
import type { ModelOptions } from './model-options.js';

export interface ActivationsOptions extends ModelOptions, WorkflowOptions {
  /** image files, or folders of them */
  images: readonly string[];
  /** the first N layers, layers by name, or "all"; default: every layer before Flatten */
  layers?: LayerSelection;
  /** channels to write large as well, one file each, from 0 */
  channels?: readonly number[];
  /** how numbers become colors */
  normalize?: Normalization;
  /** tiles a row */
  columns?: number;
  /** pixels: small maps are enlarged by a whole factor to about this size */
  tile?: number;
  colormap?: ColormapName;
  /** also write the numbers themselves, as NumPy reads them */
  npy?: boolean;
  /** results folder: of the one image, else with a folder for each; default: activations/<image name> */
  out?: string;
}

export { colormapNames as COLORMAPS, normalizations as NORMALIZATIONS };

/** The book's way of drawing, but for its flaws. */
export const ACTIVATIONS_DEFAULTS = {
  channels: [],
  normalize: 'zscore',
  columns: 16,
  tile: 72,
  colormap: 'viridis',
  npy: false,
  model: 'runs/latest',
  weights: 'best',
  backend: 'auto',
} as const satisfies Partial<ActivationsOptions>;

/** Options with every default in its place. */
export type ActivationsSettings = ActivationsOptions &
  Required<Omit<ActivationsOptions, 'layers' | 'out' | 'onEvent' | 'signal'>>;

/** Fills in the defaults. Throws BAD_ARGUMENT for what no model and no image could make good. */
export function settleActivationsOptions(options: ActivationsOptions): ActivationsSettings {
  const settings = fillDefaults(ACTIVATIONS_DEFAULTS, options);
  const { images, layers, channels, normalize, columns, tile, colormap, weights, out } = settings;
  if (images.length === 0) throw badArgument('images', 'at least one image file or folder', 'none');
  if (typeof layers === 'number') requireInteger('layers', layers, 1);
  if (Array.isArray(layers) && layers.length === 0) throw badArgument('layers', 'a count, layer names or "all"', '');
  for (const channel of channels) requireInteger('channels', channel, 0);
  requireOneOf('normalize', normalize, normalizations);
  requireInteger('columns', columns, 1, 1024);
  requireInteger('tile', tile, 1, 4096);
  requireOneOf('colormap', colormap, colormapNames);
  requireOneOf('weights', weights, ['last', 'best']);
  if (out === '') throw badArgument('out', 'a folder', out);
  return settings;
}
