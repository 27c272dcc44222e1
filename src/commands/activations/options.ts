// The options of `activations`.

import { isContribution, type RankingMeasure, rankingMeasures } from '../../activations/rank-channels.js';
import { requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { ClassChoice } from '../../explain/targets.js';
import { choice, count, folder, toggle } from '../../options/kinds.js';
import { defineKind, section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { defaultsOf, resolveOptions } from '../../options/resolve.js';
import { colormapNames } from '../../rendering/colormap.js';
import { channelNumbers } from '../shared/channel-numbers.js';
import type { WorkflowOptions } from '../shared/events.js';
import { images, layerSelection } from '../shared/image-options.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
} from '../shared/model-options.js';
import type { LayerEvent } from './events.js';
import { type ResolvedScaling, resolveScaling, SCALING_OPTIONS, type ScalingOptions } from './scaling-options.js';

/** The class to whose score channels contribute. */
const contributedClass = defineKind<ClassChoice>(() => ({
  parse: (text) => text,
  check(name, value, { by, top }) {
    if (by !== undefined && !isContribution(by as RankingMeasure)) {
      throw badArgument('by', '"contribution" or "support" together with "class"', by, undefined, ['class']);
    }
    if (top === undefined) throw badArgument('top', 'a count together with "class"', top, undefined, ['class']);
    if (typeof value === 'number') requireInteger(name, value, 0);
    else requireText(name, value, 'a class by name or number');
  },
  schema: { type: ['string', 'integer'] },
  placeholder: 'name',
}));

export const ACTIVATIONS_OPTIONS = {
  /** image files, or folders of them */
  images,
  ...section('Layers and channels', {
    /** the first N layers, layers by name, or "all"; default: every layer before Flatten */
    layers: layerSelection({ help: 'number of layers, layer names or "all" (default: every layer before Flatten)' }),
    /** channels to draw enlarged as well, one file each, counted from 0 */
    channels: channelNumbers({
      default: [],
      shownDefault: false,
      help: 'also draw these channels enlarged, for example 6,15 or 6-15',
    }),
    /** also draw this many of the strongest channels of each layer, in order */
    top: count({ min: 1, help: 'also draw the N strongest channels of each layer, in order' }),
    /**
     * how channels are ranked; contribution: gradient times activation, summed over the map, of the score of a class, by size,
     * for or against it; support: the same, but only of channels that support the class
     */
    by: choice(rankingMeasures, {
      help: 'how to rank channels (default: "mean"); contribution counts for and against a class, support only for',
      placeholder: 'what',
      check(name, value, { top }) {
        requireOneOf(name, value as string, rankingMeasures);
        if (top === undefined) throw badArgument('top', 'a count together with "by"', top, undefined, ['by']);
      },
    }),
    /** the class, by name, or by number from 0 unless class names are numbers; default: the class predicted for the image */
    class: contributedClass({
      help: 'class for --by contribution or support; alone it implies contribution (default: the predicted class)',
    }),
  }),
  ...SCALING_OPTIONS,
  ...section('Pictures', {
    /** tiles per row; fewer where maps are large: all pictures of a call have one width */
    columns: count({ default: 16, min: 1, max: 1024, help: 'tiles per row, fewer of large maps' }),
    /** pixels: small maps are enlarged by a whole factor to about this size */
    tile: count({
      default: 72,
      min: 1,
      max: 4096,
      help: 'enlarge small maps to about this size',
      placeholder: 'pixels',
    }),
    colormap: choice(colormapNames, { default: 'viridis', help: 'colormap' }),
  }),
  ...section('Output', {
    /** also write the values as NumPy files */
    npy: toggle({ default: false, help: 'also write the values as NumPy files' }),
    /** results folder, with a folder for each image if there are several; default: activations/<image name> */
    out: folder({ help: 'results folder (default: activations/<image name>)' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface ActivationsOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    ScalingOptions,
    OptionsOf<typeof ACTIVATIONS_OPTIONS>,
    WorkflowOptions<LayerEvent> {}

/** The book's way of drawing, without its flaws. */
export const ACTIVATIONS_DEFAULTS = defaultsOf(ACTIVATIONS_OPTIONS);

/** Options with all defaults filled in. */
export type ActivationsSettings = ActivationsOptions &
  DefaultsOf<typeof ACTIVATIONS_OPTIONS> & { scaling: ResolvedScaling };

/** Fills in the defaults. Throws BAD_ARGUMENT for values that are invalid for any model and image. */
export function resolveActivationsOptions(options: ActivationsOptions): ActivationsSettings {
  const settings = resolveOptions(ACTIVATIONS_OPTIONS, options);
  const by = settings.by ?? (settings.class === undefined ? undefined : 'contribution');
  return { ...settings, ...(by !== undefined && { by }), scaling: resolveScaling(settings) };
}
