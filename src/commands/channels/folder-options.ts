// The options of the images of every command that goes through a folder with a trained network.

import { folder, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { splitChoice } from '../shared/split-parts.js';

export const IMAGE_FOLDER_OPTIONS = {
  /** folder of images, of class folders, or with train/, validation/ and test/ */
  data: folder({
    required: true,
    argument: 'one',
    help: 'folder of images, of class folders, or of train, validation and test; or .tar archives',
    expected: 'a folder of images',
  }),
  ...section('Images', {
    /** as in `evaluate` */
    split: splitChoice,
  }),
};

/**
 * Whether classes are taken that the network's run does not have; results then never become the run's own.
 *
 * @param verb what is done with their images
 * @param results what the folder of the results is called
 */
export function otherClasses(verb: string, results: string) {
  return toggle({
    default: false,
    help: `${verb} classes that the network does not know, too (results: ${results}, not the run's)`,
  });
}
