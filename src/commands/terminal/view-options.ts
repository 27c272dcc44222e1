// Options that only the command line has: they are about what a person sees of a result.

import { toggle } from '../../options/kinds.js';

/** Of commands that look at images one by one. */
export const VERBOSE_OPTION = {
  verbose: toggle({ help: 'print the details of every image, not a line for each' }),
};

/** Of commands that make something to look at. */
export const OPEN_OPTION = {
  open: toggle({ help: 'open the result in your viewer when it is done' }),
};
