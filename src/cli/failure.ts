// Errors as a line and an exit code.

import { CommanderError } from 'commander';
import { CnnvizError, type ErrorCode } from '../base/errors.js';
import { ChildEnded } from './child-ended.js';
import type { Terminal } from './terminal.js';

const expectedFailure = 1;
const wrongUsage = 2;
/** EX_SOFTWARE of sysexits.h */
const internalError = 70;
/** EX_TEMPFAIL of sysexits.h: what started the process may start it again */
const tryAgain = 75;

const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  // one that no model and no data could make good
  BAD_ARGUMENT: wrongUsage,
  CLUSTER_FAILED: tryAgain,
  NO_TASK: 0,
};

/**
 * Prints what went wrong, in one line if it was an expected failure, and gives the exit code.
 *
 * @param interruptedWith the exit code for work that ended because a signal asked for it
 */
export function reportFailure(error: unknown, terminal: Terminal, interruptedWith?: number): number {
  if (error instanceof ChildEnded) return error.exitCode;
  if (error instanceof CommanderError) return reportUsage(error);
  if (!(error instanceof CnnvizError)) return reportBug(error, terminal);
  if (error.code === 'ABORTED' && interruptedWith !== undefined) return interruptedWith;
  return reportExpected(error, terminal);
}

// Commander has already written its text: the help, the version or what is wrong with the command line.
function reportUsage(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : wrongUsage;
}

function reportExpected(error: CnnvizError, terminal: Terminal): number {
  const { code, hint, message } = error;
  const exitCode = EXIT_CODES[code] ?? expectedFailure;
  const line = hint === undefined ? message : `${message.replace(/\.$/, '')}. ${hint}`;
  if (exitCode === 0) terminal.note(line);
  else terminal.alert(line, 'error:');
  terminal.json({ type: 'error', code, message, ...(hint === undefined ? {} : { hint }), exitCode });
  return exitCode;
}

function reportBug(error: unknown, terminal: Terminal): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.alert('this is a bug in cnnviz; please report it with these lines.', 'internal error:');
  for (const line of stack.split('\n')) terminal.alert(line);
  terminal.json({ type: 'error', code: 'INTERNAL', message: String(error), exitCode: internalError });
  return internalError;
}
