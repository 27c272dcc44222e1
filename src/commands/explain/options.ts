// Its options and defaults.

import { fillDefaults, requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { type MethodName, methodNames } from '../../explain/methods.js';
import type { ClassChoice } from '../../explain/targets.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { ModelOptions, OrientationOptions } from '../shared/model-options.js';

export interface ExplainOptions extends ModelOptions, OrientationOptions, WorkflowOptions {
  /** image files, or folders of them */
  images: readonly string[];
  /** by name, or by number from 0 where no class is named by a number; default: both of two classes, else the predicted one and the runner-up */
  classes?: readonly ClassChoice[];
  /** default: the last one before the scores whose output has height and width */
  layer?: string;
  method?: MethodName;
  /** also write the maps themselves, as NumPy reads them: [height, width] of the layer, signs kept */
  npy?: boolean;
  /** results folder: of the one image, else with a folder for each; default: explanations/<image name> */
  out?: string;
}

export { methodNames as METHODS };

export const EXPLAIN_DEFAULTS = {
  classes: [],
  method: 'gradcam',
  npy: false,
  model: 'runs/latest',
  backend: 'auto',
} as const satisfies Partial<ExplainOptions>;

/** Options with every default in its place. */
export type ExplainSettings = ExplainOptions &
  Required<Omit<ExplainOptions, 'layer' | 'weights' | 'autoOrient' | 'out' | 'onEvent' | 'signal'>>;

/** Fills in the defaults. Throws BAD_ARGUMENT for what no model and no image could make good. */
export function settleExplainOptions(options: ExplainOptions): ExplainSettings {
  const settings = fillDefaults(EXPLAIN_DEFAULTS, options);
  const { images, classes, layer, method, out } = settings;
  if (images.length === 0) throw badArgument('images', 'at least one image file or folder', 'none');
  for (const choice of classes) {
    if (typeof choice === 'number') requireInteger('class', choice, 0);
    else requireText('class', choice, 'a class by name or number');
  }
  if (layer !== undefined) requireText('layer', layer, "a layer's name");
  requireOneOf('method', method, methodNames);
  if (out === '') throw badArgument('out', 'a folder', out);
  return settings;
}
