// The error of a file that is no network to look at: what it is, and what to do.

import { CnnvizError } from '../base/errors.js';

/** Makes the error of a reason; whoever reads a part of a file need not know its path. */
export type RefuseFile = (reason: string, details?: { hint?: string; cause?: unknown }) => CnnvizError;

export function refuseAt(path: string): RefuseFile {
  return (reason, details = {}) => new CnnvizError('BAD_MODEL', `${path}: ${reason}`, details);
}
