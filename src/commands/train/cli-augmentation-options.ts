// Options of the commands that augment images.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { choiceOption, parseNumber } from '../../cli/options.js';
import { FILL_MODES, TRAIN_DEFAULTS } from './options.js';
import { RECIPE_NAMES } from './recipe-names.js';

/** The option of a training by name. */
export function recipeOption(): Option {
  return new Option('--recipe <name>', 'a training by name; every other option overrides it').choices(RECIPE_NAMES);
}

/** Adds the augmentation options, named as in Keras. */
export function addAugmentationOptions(command: Command): void {
  const { fillMode } = TRAIN_DEFAULTS;
  command
    .option('--rotation-range <degrees>', 'turn photographs at random, up to this to either side', parseNumber)
    .option('--width-shift-range <fraction>', 'shift them sideways (from 1 on: pixels)', parseNumber)
    .option('--height-shift-range <fraction>', 'shift them up or down (from 1 on: pixels)', parseNumber)
    .option('--shear-range <degrees>', 'slant them', parseNumber)
    .option('--zoom-range <range>', 'zoom width and height; .2 means .8,1.2', parseFactors)
    .option('--horizontal-flip', 'mirror half of them')
    .option('--no-horizontal-flip', 'do not, whatever the recipe says')
    .option('--vertical-flip', 'turn half of them upside down')
    .option('--no-vertical-flip', 'do not, whatever the recipe says')
    .option('--channel-shift-range <value>', 'add to all values, of 255', parseNumber)
    .option('--brightness-range <range>', 'multiply all values; .2 means .8,1.2', parseFactors)
    .option('--contrast-range <range>', "multiply their distance to the channel's mean; .2 means .8,1.2", parseFactors)
    .addOption(choiceOption('--fill-mode <mode>', 'what fills the frame where they leave it', FILL_MODES, fillMode));
}

/** Parses `.2`, or limits such as `.8,1.1`. */
function parseFactors(text: string): number | [number, number] {
  const [first, second, ...rest] = text.split(',').map(parseNumber) as [number, ...number[]];
  if (rest.length > 0) throw new InvalidArgumentError('Expected a number, or two with a comma between.');
  return second === undefined ? first : [first, second];
}
