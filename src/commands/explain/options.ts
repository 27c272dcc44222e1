// The options of `explain`.

import { requireText } from '../../base/arguments.js';
import { fillNames } from '../../explain/fill.js';
import { layerMethodNames, type MethodName, methodNames } from '../../explain/methods.js';
import { choice, choices, folder, toggle } from '../../options/kinds.js';
import { defineKind, section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { classChoices } from '../shared/class-choices.js';
import type { WorkflowOptions } from '../shared/events.js';
import { images } from '../shared/image-options.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
} from '../shared/model-options.js';
import { UNLIKE_OPTIONS } from '../shared/unlike-options.js';

/** Layers by name: one, or several with commas between. */
const layerNames = defineKind<string | readonly string[]>(() => ({
  parse: (value) => (value.includes(',') ? value.split(',').map((name) => name.trim()) : value),
  check(name, value) {
    for (const one of Array.isArray(value) && value.length > 0 ? value : [value])
      requireText(name, one, "a layer's name");
  },
  schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
  placeholder: 'name',
}));

/** How evidence is measured, by one method that maps the cells of a layer and needs one gradient. */
export const methodOption = choice(layerMethodNames, { default: 'hirescam', help: 'method of measuring evidence' });

/** The methods that are asked for, each once. */
export function listMethods(asked: MethodName | 'all' | readonly (MethodName | 'all')[]): MethodName[] {
  const names = new Set([asked].flat());
  return methodNames.filter((name) => names.has('all') || names.has(name));
}

/** How the cells of a map are drawn. */
export const smoothOption = toggle({ default: false, help: "interpolate between the middles of a map's cells" });

export const EXPLAIN_OPTIONS = {
  /** image files, or folders of them */
  images,
  ...section('Evidence', {
    /**
     * by name, or by number from 0 unless class names are numbers; default: both of two classes, else the predicted class, the
     * runner-up and the true class, where the image's folder is named after it
     */
    classes: classChoices({
      default: [],
      shownDefault: false,
      flag: 'class',
      help: 'class name or number; can be repeated (default: both of two classes, else predicted, runner-up and true class)',
    }),
    /** one or several; default: the last layer before the scores whose output has height and width */
    layer: layerNames({ help: 'layer with height and width, or several: a,b (default: the last one)' }),
    /**
     * one or several, or all of them; of several `methods.png` shows all maps of the predicted class; auto: what the benchmark in the
     * network's run found, at its layer, else hirescam
     */
    method: choices([...methodNames, 'all', 'auto'], {
      default: 'auto',
      help: "method of measuring evidence, or several: a,b (auto: by the run's benchmark, else hirescam)",
    }),
    /** what takes the place of pixels for the methods that hide some: black is an object of its own to many networks */
    fill: choice([...fillNames], {
      default: 'mean',
      help: 'what hidden pixels get: mean color, blurred copy, or black',
    }),
    /** show each map less the average map of the run's validation images: what is special to this image, not what decided */
    baseline: choice(['none', 'average'], { default: 'none', help: 'show maps less the average map of other images' }),
    /** images to average over, in place of the run's validation images */
    baselineData: folder({ help: "images to average over (default: the run's validation images)" }),
    /** interpolate between the middles of a map's cells instead of drawing the cells */
    smooth: smoothOption,
  }),
  ...section('Output', {
    /** also write the maps themselves, as NumPy reads them: [height, width] of the layer, signs kept */
    npy: toggle({ default: false, help: 'also write the maps as NumPy files' }),
    /** results folder, with a folder for each image if there are several; default: explanations/<image name> */
    out: folder({
      help: 'results folder (default: explanations/<image name>)',
    }),
  }),
  ...UNLIKE_OPTIONS,
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface ExplainOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof EXPLAIN_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in. */
export type ExplainSettings = ExplainOptions & DefaultsOf<typeof EXPLAIN_OPTIONS>;
