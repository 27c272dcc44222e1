// The options of `dream`.

import { requireInteger } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { count, folder, seed, toggle } from '../../options/kinds.js';
import { parseRanges } from '../../options/numbers.js';
import { defineKind, section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { classChoices } from '../shared/class-choices.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection } from '../shared/image-options.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
} from '../shared/model-options.js';
import type { DreamEvent } from './events.js';

/** Which channels: numbers from 0, or all. */
const channelChoice = defineKind<readonly number[] | 'all'>(() => ({
  parse: (text) => (text === 'all' ? text : parseRanges(text)),
  check(name, value) {
    if (value === 'all') return;
    if (!Array.isArray(value) || value.length === 0) throw badArgument(name, 'channel numbers or "all"', value);
    for (const channel of value) requireInteger(name, channel, 0);
  },
  schema: { anyOf: [{ type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 1 }, { const: 'all' }] },
  placeholder: 'numbers',
}));

export const DREAM_OPTIONS = {
  ...section('Channels and classes', {
    /** the first N layers, layers by name, or "all"; default: the last convolution, or none where there are `classes` */
    layers: layerSelection({
      help: 'number of layers, layer names or "all" (default: the last convolution; none with --class)',
    }),
    /**
     * of each layer, from 0, or all; default: the 16 that separate the classes best, by the run's channel report, else the first
     * 16
     */
    channels: channelChoice({
      help: "channels, for example 6,15 or 6-15, or all (default: the 16 most discriminative of the run's channel report, else the first 16)",
    }),
    /** classes whose score is to become high, by name, or by number from 0 */
    classes: classChoices({
      default: [],
      shownDefault: false,
      flag: 'class',
      help: "make this class's score high, by name or number; can be repeated",
    }),
  }),
  ...section('Ascent', {
    /** the recipe of Chollet, Deep Learning with Python (2018), 5.4.2 */
    plain: toggle({ default: false, help: "the book's recipe (Chollet, 5.4): pixels, from gray noise" }),
    /** default: 64, and 40 with `plain` */
    steps: count({ min: 1, max: 100_000, help: 'steps of gradient ascent (default: 64; 40 with --plain)' }),
    seed: seed({ default: 1, help: 'random seed of the start and of the shifts' }),
    batchSize: count({ default: 16, min: 1, help: 'pictures that are ascended at once' }),
  }),
  ...section('Images', {
    /** a folder of images, of which the highest activations are found; default: the run's channel report, else its validation images */
    data: folder({
      help: "images to compare with (default: the run's channel report, else its validation images)",
    }),
  }),
  ...section('Output', {
    /** also write the network's input, as NumPy reads it: [height, width, channels] */
    npy: toggle({ default: false, help: "also write the network's inputs as NumPy files" }),
    /** results folder; what an earlier call with the same network and recipe left there is kept and not done again */
    out: folder({ default: 'dreams', help: 'results folder; channels that are there are not done again' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface DreamOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof DREAM_OPTIONS>,
    WorkflowOptions<DreamEvent> {}

/** Options with all defaults filled in. */
export type DreamSettings = DreamOptions & DefaultsOf<typeof DREAM_OPTIONS>;
