// A failure on its way from one thread to another: of an error itself only the message would arrive.

import { CnnvizError, type ErrorCode } from './errors.js';

/** Plain data. bug: any other error, as Node copies it */
export type ThreadFailure =
  | { code: ErrorCode; message: string; hint: string | undefined; options: readonly string[] }
  | { bug: unknown };

export function packFailure(error: unknown): ThreadFailure {
  if (!(error instanceof CnnvizError)) return { bug: error };
  const { code, message, hint, options } = error;
  return { code, message, hint, options };
}

export function unpackFailure(failure: ThreadFailure): unknown {
  if ('bug' in failure) return failure.bug;
  const { code, message, hint, options } = failure;
  return new CnnvizError(code, message, { options, ...(hint !== undefined && { hint }) });
}
