// The options that a run starts with: data, a recipe or another run; and where it is kept.

import { choice, folder, text, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { RECIPE_NAMES } from './recipe-names.js';

/** A preset of options. */
export const recipeOption = choice(RECIPE_NAMES, { help: 'preset of options; options given here override it' });

export const START_OPTIONS = section('Run', {
  /** folder with train/ and validation/, or with the class folders themselves; may be absent when a run is resumed */
  data: folder({
    help: 'folder of images, or .tar archives of them',
    bare: 'folder of images, or .tar archives of them: short for --data',
    expected: 'a folder of images, or a run to resume',
    resumable: true,
  }),
  /** a preset of options, see RECIPES; other options override it. */
  recipe: recipeOption,
  /** the run.json of a run: repeats it, except for given options and the run folder */
  config: text({
    help: 'repeat the run described by this run.json; options given here override it',
    expected: 'a run, or its run.json',
    placeholder: 'run',
    completes: 'run',
  }),
  /**
   * a run folder: starts from its weights, with its network and its preprocessing. If the number of classes differs, the
   * last layer is reinitialized.
   */
  from: text({
    help: 'start from the network and weights of a run',
    expected: 'a run folder',
    placeholder: 'run',
    completes: 'run',
  }),
  /** the run folder, new or empty; default: runs/<date-time> */
  out: folder({ help: 'run folder, new or empty (default: runs/<date-time>)' }),
  /** continues the run in `out` where there is one, else begins it: the same call does for a restart by a scheduler */
  restartable: toggle({
    default: false,
    help: 'continue the run in --out where there is one: for schedulers that restart',
  }),
  /** an existing run in `out` is replaced by the first save; without this it is refused */
  overwrite: toggle({ default: false, help: 'replace an existing run in that folder' }),
});
