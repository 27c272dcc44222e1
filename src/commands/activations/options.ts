// Its options and defaults.

import { type RankingMeasure, rankingMeasures } from '../../activations/rank-channels.js';
import type { LayerSelection } from '../../activations/select-layers.js';
import { fillDefaults, requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { ClassChoice } from '../../explain/targets.js';
import { type ColormapName, colormapNames } from '../../rendering/colormap.js';
import { normalizations } from '../../rendering/normalize.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { ModelOptions, OrientationOptions } from '../shared/model-options.js';
import type { LayerEvent } from './events.js';
import { type ScalingOptions, type SettledScaling, scaleScopes, settleScaling } from './scaling-options.js';

export interface ActivationsOptions
  extends ModelOptions,
    OrientationOptions,
    ScalingOptions,
    WorkflowOptions<LayerEvent> {
  /** image files, or folders of them */
  images: readonly string[];
  /** the first N layers, layers by name, or "all"; default: every layer before Flatten */
  layers?: LayerSelection;
  /** channels to write large as well, one file each, from 0 */
  channels?: readonly number[];
  /** also show so many of the strongest channels of each layer, in order */
  top?: number;
  /**
   * by what they are the strongest; contribution: gradient times activation, summed over the map, of the score of a class
   */
  by?: RankingMeasure;
  /** of which class, by name, or by number from 0 where no class is named by a number; default: the one predicted for the image */
  class?: ClassChoice;
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

export {
  colormapNames as COLORMAPS,
  normalizations as NORMALIZATIONS,
  rankingMeasures as RANKING_MEASURES,
  scaleScopes as SCALES,
};

/** The book's way of drawing, but for its flaws. */
export const ACTIVATIONS_DEFAULTS = {
  channels: [],
  columns: 16,
  tile: 72,
  colormap: 'viridis',
  npy: false,
  model: 'runs/latest',
  backend: 'auto',
} as const satisfies Partial<ActivationsOptions>;

/** Options with every default in its place. */
export type ActivationsSettings = ActivationsOptions &
  Required<Omit<ActivationsOptions, Optional>> & { scaling: SettledScaling };

type Optional =
  | 'layers'
  | 'weights'
  | 'autoOrient'
  | 'out'
  | 'top'
  | 'by'
  | 'class'
  | keyof ScalingOptions
  | keyof WorkflowOptions;

/** Fills in the defaults. Throws BAD_ARGUMENT for what no model and no image could make good. */
export function settleActivationsOptions(options: ActivationsOptions): ActivationsSettings {
  const settings = fillDefaults(ACTIVATIONS_DEFAULTS, options);
  const { images, layers, channels, columns, tile, colormap, out } = settings;
  if (images.length === 0) throw badArgument('images', 'at least one image file or folder', 'none');
  if (typeof layers === 'number') requireInteger('layers', layers, 1);
  if (Array.isArray(layers) && layers.length === 0) throw badArgument('layers', 'a count, layer names or "all"', '');
  for (const channel of channels) requireInteger('channels', channel, 0);
  checkRanking(settings);
  requireInteger('columns', columns, 1, 1024);
  requireInteger('tile', tile, 1, 4096);
  requireOneOf('colormap', colormap, colormapNames);
  if (out === '') throw badArgument('out', 'a folder', out);
  return { ...settings, scaling: settleScaling(settings) };
}

function checkRanking({ top, by, class: classChoice }: ActivationsOptions): void {
  if (top !== undefined) requireInteger('top', top, 1);
  if (by !== undefined) {
    requireOneOf('by', by, rankingMeasures);
    if (top === undefined) throw badArgument('top', 'a count together with "by"', top, undefined, ['by']);
  }
  if (classChoice === undefined) return;
  if (by !== 'contribution') {
    throw badArgument('by', '"contribution" together with "class"', by, undefined, ['class']);
  }
  if (typeof classChoice === 'number') requireInteger('class', classChoice, 0);
  else requireText('class', classChoice, 'a class by name or number');
}
