// Its options and defaults.

import { fillDefaults, requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import {
  AUGMENTATION_DEFAULTS,
  type Augmentation,
  type AugmentationOptions,
  checkAugmentation,
  pickAugmentation,
} from '../../dataset/augment/augmentation.js';
import type { Interpolation } from '../../dataset/decode/preprocessing.js';
import type { WorkflowOptions } from '../shared/events.js';
import { TRAIN_DEFAULTS } from '../train/options.js';
import { RECIPE_NAMES, type RecipeName } from '../train/recipe-names.js';
import { RECIPES } from '../train/recipes.js';

/** Those of a training that augments; without any, the recipe `augmented` is shown. */
export interface AugmentOptions extends AugmentationOptions, WorkflowOptions {
  /** an image file */
  image: string;
  /** a training by name; every other option overrides it */
  recipe?: RecipeName;
  /** how many augmented pictures */
  count?: number;
  /** uint32 */
  seed?: number;
  /** height and width of the network's input, pixels */
  imageSize?: number;
  interpolation?: Interpolation;
  /** rotate the image by its EXIF orientation */
  autoOrient?: boolean;
  /** results folder */
  out?: string;
}

const { seed, imageSize, interpolation, autoOrient } = TRAIN_DEFAULTS;
export const AUGMENT_DEFAULTS = {
  count: 11,
  out: 'augmented',
  seed,
  imageSize,
  interpolation,
  autoOrient,
} as const satisfies Partial<AugmentOptions>;

export type AugmentSettings = Required<Pick<AugmentOptions, keyof typeof AUGMENT_DEFAULTS | 'image'>> & {
  augmentation: Augmentation;
};

/** Fills in recipe and defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleAugmentOptions(options: AugmentOptions): AugmentSettings {
  const asked = pickAugmentation(fillDefaults(AUGMENTATION_DEFAULTS, options));
  const recipe = options.recipe ?? (asked === undefined ? 'augmented' : undefined);
  if (recipe !== undefined) requireOneOf('recipe', recipe, RECIPE_NAMES);
  const defaults = { ...AUGMENT_DEFAULTS, ...AUGMENTATION_DEFAULTS, ...(recipe && RECIPES[recipe]) };
  const settings = fillDefaults(defaults as AugmentSettings & Augmentation, options);
  requireText('image', settings.image, 'an image file');
  requireText('out', settings.out, 'a folder');
  requireInteger('count', settings.count, 1, 1000);
  requireInteger('seed', settings.seed, 0, 2 ** 32 - 1);
  requireInteger('imageSize', settings.imageSize, 1, 4096);
  requireOneOf('interpolation', settings.interpolation, ['nearest', 'bilinear', 'lanczos3']);
  checkAugmentation(settings);
  const augmentation = pickAugmentation(settings);
  if (augmentation === undefined) throw badArgument('recipe', 'one that augments images', recipe);
  return { ...settings, augmentation };
}
