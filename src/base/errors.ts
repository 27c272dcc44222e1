// `CnnvizError` with its stable codes, and the one formula for a bad argument.

/** Stable identifiers of the failures a user can cause or meet. Tests and callers match on these, never on the text. */
export type ErrorCode =
  | 'BAD_ARGUMENT'
  | 'NOT_FOUND'
  | 'NOT_READABLE'
  | 'NOT_WRITABLE'
  | 'DISK_FULL'
  | 'BAD_DATASET'
  | 'BAD_IMAGE'
  | 'BAD_MODEL'
  | 'NO_MODEL'
  | 'RUN_FINISHED'
  | 'DIVERGED'
  | 'BACKEND_UNAVAILABLE'
  | 'SETUP_FAILED'
  | 'BELOW_THRESHOLD'
  /** workers that train together lost each other: only new processes can go on */
  | 'CLUSTER_FAILED'
  | 'WORKERS_DIFFER'
  /** a scheduler started this process for something that needs no process here */
  | 'NO_TASK'
  | 'ABORTED';

export interface ErrorDetails {
  /** What the user can do about it: one sentence. */
  hint?: string;
  cause?: unknown;
  /** The options that the message names, as the library spells them: another front end can spell them its own way. */
  options?: readonly string[];
}

/** Letters of a message, whatever it quotes: what a file says must not fill the screen. */
const messageAtMost = 1900;

/** An expected failure: bad input, a missing file, a full disk. Everything else that is thrown is a bug. */
export class CnnvizError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly options: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(cutMessage(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CnnvizError';
    this.code = code;
    this.hint = details.hint;
    this.options = details.options ?? [];
  }
}

function cutMessage(message: string): string {
  return message.length <= messageAtMost ? message : `${message.slice(0, messageAtMost)}...`;
}

/**
 * The one formula for a bad argument: its name, what was expected, what was received.
 *
 * @param others options besides that `expected` names
 */
export function badArgument(
  name: string,
  expected: string,
  received: unknown,
  hint?: string,
  others: readonly string[] = [],
): CnnvizError {
  return new CnnvizError('BAD_ARGUMENT', `${name}: expected ${expected}, received ${formatReceived(received)}`, {
    options: [name, ...others],
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Letters of what was received: it can be a whole file. */
const receivedAtMost = 200;

/** What a file says can be an object that has no text. */
function describeValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'an object';
  }
}

function formatReceived(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `"${value}"` : describeValue(value);
  return text.length > receivedAtMost ? `${text.slice(0, receivedAtMost)}...` : text;
}
