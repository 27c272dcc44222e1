// The options of `split`.

import { groupByOption } from '../../dataset/folder/group-by-option.js';
import { count, folder, seed, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { resolveOptions } from '../../options/resolve.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { PlacedEvent } from './events.js';

export const SPLIT_OPTIONS = {
  /** a folder of images named `<class>.<number>.jpg` (or with `_` or `-`), or of class folders; it is never changed */
  source: folder({
    required: true,
    argument: 'one',
    placeholder: 'src',
    help: 'folder of images or of class folders',
    expected: 'a folder of images',
  }),
  /** destination; it must not exist or must be empty */
  dest: folder({
    required: true,
    argument: 'one',
    placeholder: 'dest',
    help: 'folder to create',
    expected: 'the folder to write to',
  }),
  // The notebook's division: the first 1,000 of each class, the next 500, the next 500.
  ...section('Splits', {
    /** images of each class */
    train: count({ default: 1000, min: 1, help: 'images per class' }),
    /** 0: no validation folder */
    validation: count({ default: 500, help: 'images per class' }),
    /** 0: no test folder */
    test: count({ default: 500, help: 'images per class' }),
    /** pick images at random instead of the first ones in numeric order; default: whether there is a seed */
    shuffle: toggle({ help: 'pick images at random instead of in numeric order' }),
    /** random seed, uint32; default 1 */
    seed: seed({ help: 'random seed; implies --shuffle (default with --shuffle: 1)' }),
    /** groups that must not be divided: `folder`, or a regular expression for names, as in `train` */
    groupBy: groupByOption,
  }),
  ...section('Output', {
    /** hard links instead of copies: they take no space, but changing one file changes the other */
    link: toggle({ default: false, help: 'create hard links instead of copies' }),
  }),
};

export interface SplitOptions extends OptionsOf<typeof SPLIT_OPTIONS>, WorkflowOptions<PlacedEvent> {}

/** Options with all defaults filled in; `seed` is set if and only if images are picked at random. */
export type SplitSettings = Pick<SplitOptions, 'source' | 'dest' | 'seed' | 'groupBy'> &
  DefaultsOf<typeof SPLIT_OPTIONS>;

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT for values that are invalid for any data */
export function resolveSplitOptions(options: SplitOptions): SplitSettings {
  const settings = resolveOptions(SPLIT_OPTIONS, options);
  const { source, dest, train, validation, test, link, seed: given, shuffle, groupBy } = settings;
  const draws = shuffle ?? given !== undefined;
  const drawing = draws ? { seed: given ?? 1 } : {};
  return { source, dest, train, validation, test, link, ...drawing, ...(groupBy && { groupBy }) };
}
