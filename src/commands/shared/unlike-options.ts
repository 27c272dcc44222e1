// The option of commands that compare images with those of the training.

import { toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';

export const UNLIKE_OPTIONS = section('Output', {
  /**
   * say which images are unlike those that the run was trained on; the first time the training and validation images are run
   * through the network, and what they are like is kept in the run. Default: where that is there already
   */
  unlike: toggle({
    help: "say which images are unlike the run's training images; the first time these are measured (default: where they were)",
    negated: { help: 'do not compare images with the training images' },
  }),
});
