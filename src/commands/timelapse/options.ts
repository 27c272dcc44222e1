// The options of `timelapse`.

import type { LayerSelection } from '../../activations/select-layers.js';
import { choice, count, folder, text } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { colormapNames } from '../../rendering/colormap.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection } from '../shared/image-options.js';

export const TIMELAPSE_OPTIONS = {
  ...section('Film', {
    /** a run that was trained with `probe` */
    run: text({
      default: 'runs/latest',
      bare: 'run that was trained with --probe: short for --run',
      help: 'run that was trained with --probe',
      expected: 'a run folder',
      placeholder: 'run',
      completes: 'run',
    }),
    /** the first N layers of the film, layers by name, or "all"; default: all that it has */
    layers: layerSelection({ help: 'number of layers, layer names or "all" (default: all of the film)' }),
    /** how many epochs are shown at most, at equal distances; the first and the last one always are */
    frames: count({ default: 60, min: 2, max: 1000, help: 'number of epochs to show, at equal distances' }),
    /** channels of a film strip: those that change most between two epochs, for their range */
    rows: count({ default: 8, min: 1, max: 64, help: 'channels of a film strip: those that change most' }),
  }),
  ...section('Pictures', {
    /** over all epochs; channel: each channel from its smallest to its largest value; layer: one scale for all channels */
    scale: choice(['channel', 'layer'], {
      default: 'channel',
      help: 'a scale over all epochs for each channel or layer',
    }),
    /** tiles per row */
    columns: count({ default: 16, min: 1, max: 64, help: 'tiles per row of an animation' }),
    /** pixels: maps come near to it, larger ones as means of squares */
    tile: count({ default: 64, min: 8, max: 512, help: 'size of a map', placeholder: 'pixels' }),
    colormap: choice(colormapNames, { default: 'viridis', help: 'colormap' }),
    /** how long an epoch is shown */
    duration: count({
      default: 500,
      min: 20,
      max: 10_000,
      help: 'time that an epoch is shown, in milliseconds',
      placeholder: 'ms',
    }),
  }),
  ...section('Output', {
    /** results folder, with a folder for each image if there are several; default: timelapse/<image name> */
    out: folder({ help: 'results folder (default: timelapse/<image name>)' }),
  }),
};

export interface TimelapseOptions extends OptionsOf<typeof TIMELAPSE_OPTIONS>, WorkflowOptions {
  layers?: LayerSelection;
}

/** Options with all defaults filled in. */
export type TimelapseSettings = TimelapseOptions & DefaultsOf<typeof TIMELAPSE_OPTIONS>;
