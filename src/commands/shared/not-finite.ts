// The refusal of a network that outputs no numbers.

import { CnnvizError } from '../../base/errors.js';

/** @param what a sentence: which output is not finite, and where */
export function notFinite(path: string, what: string): CnnvizError {
  return new CnnvizError('BAD_MODEL', `${path}: ${what}: training diverged, or the weights are damaged`, {
    hint: 'Try other weights of the run (--weights last or --weights best), or train again with a lower learning rate.',
  });
}
