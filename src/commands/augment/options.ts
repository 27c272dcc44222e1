// The options of `augment`.

import { badArgument } from '../../base/errors.js';
import { type Augmentation, pickAugmentation } from '../../dataset/augment/augmentation.js';
import { AUGMENTATION_OPTIONS, type AugmentationOptions } from '../../dataset/augment/augmentation-options.js';
import { ARCHITECTURE_OPTIONS } from '../../network/architecture-options.js';
import { count, file, folder, seed } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { checkOptions, resolveOptions } from '../../options/resolve.js';
import type { WorkflowOptions } from '../shared/events.js';
import { PREPROCESSING_OPTIONS } from '../train/data-options.js';
import { RECIPES } from '../train/recipes.js';
import { recipeOption } from '../train/start-options.js';

/** Augmentation options; without any, the recipe `augmented` is shown. */
export const AUGMENT_OPTIONS = {
  /** an image file */
  image: file({
    required: true,
    argument: 'one',
    placeholder: 'image',
    help: 'an image file',
    expected: 'an image file',
  }),
  ...section('Pictures', {
    /** a preset of options, which other options override */
    recipe: recipeOption,
    /** number of augmented images */
    count: count({ default: 11, min: 1, max: 1000, help: 'number of augmented images' }),
    /** uint32 */
    seed: seed({ default: 1, help: 'random seed' }),
    /** height and width of the network's input, pixels */
    imageSize: ARCHITECTURE_OPTIONS.imageSize,
    /** results folder */
    out: folder({ default: 'augmented', help: 'results folder' }),
    ...PREPROCESSING_OPTIONS,
  }),
  ...AUGMENTATION_OPTIONS,
};

export interface AugmentOptions extends AugmentationOptions, OptionsOf<typeof AUGMENT_OPTIONS>, WorkflowOptions {}

export type AugmentSettings = AugmentOptions & DefaultsOf<typeof AUGMENT_OPTIONS> & { augmentation: Augmentation };

/** Fills in recipe and defaults. @throws CnnvizError BAD_ARGUMENT */
export function resolveAugmentOptions(options: AugmentOptions): AugmentSettings {
  const asked = pickAugmentation(resolveOptions(AUGMENTATION_OPTIONS, options));
  const recipe = options.recipe ?? (asked === undefined ? 'augmented' : undefined);
  checkOptions({ recipe: recipeOption }, { recipe });
  const settings = resolveOptions(AUGMENT_OPTIONS, options, recipe && RECIPES[recipe]);
  const augmentation = pickAugmentation(settings);
  if (augmentation === undefined) throw badArgument('recipe', 'one that augments images', recipe);
  return { ...settings, augmentation };
}
