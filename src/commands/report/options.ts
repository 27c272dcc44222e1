// The options of `report`.

import { count, file, text, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { stepCounts } from '../../page/map-steps.js';
import { methodOption, smoothOption } from '../explain/options.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection, optionalImages } from '../shared/image-options.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
} from '../shared/model-options.js';

export const REPORT_OPTIONS = {
  /** image files, or folders of them: all on one page; with `mistakes` one data folder, default: that of the run */
  images: optionalImages,
  ...section('Images', {
    /** number of images to show in full; the others are shown small, with their evidence */
    full: count({ default: 12, help: 'number of images to show with all their layers; the others are shown small' }),
    /** only the images that the network gets wrong, of those that `evaluate` takes of a data folder */
    mistakes: toggle({
      default: false,
      help: 'only the mistakes in a data folder, of the images that "evaluate" takes (default: the run\'s folder)',
    }),
  }),
  ...section('Page', {
    /** the first N layers, layers by name, or "all"; default: every layer before Flatten */
    layers: layerSelection({ help: 'number of layers, layer names or "all" (default: every layer before Flatten)' }),
    /** keep maps in 256 steps of a channel's range: half as large again */
    exact: toggle({
      default: false,
      help: `maps in 256 steps of a channel's range instead of ${stepCounts[0]} to ${stepCounts.at(-1)}; a larger page`,
    }),
    /** how evidence is measured */
    method: { ...methodOption, help: 'method of measuring evidence of images in full; small ones have hirescam' },
    /** interpolate between the middles of a map's cells instead of drawing the cells */
    smooth: smoothOption,
    /** results of `cnnviz channels` with this network; default: those that lie in its run, if there are any */
    channelReport: text({
      help: 'results of "cnnviz channels" (default: those in the run, if any)',
      expected: 'a folder or file',
      placeholder: 'path',
      completes: 'file',
    }),
    /** another network, or an epoch (`RUN@12`), that sees the same images: both stand beside each other on the page */
    against: text({
      help: 'compare with another network on the same images: a run, one of its epochs (RUN@12), or a model file',
      expected: 'a run folder or a model file',
      placeholder: 'path',
      completes: 'run',
    }),
    /** the page's file, replaced if it is there */
    out: file({ default: 'report.html', help: 'HTML file to write' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface ReportOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof REPORT_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in. */
export type ReportSettings = ReportOptions & DefaultsOf<typeof REPORT_OPTIONS>;
