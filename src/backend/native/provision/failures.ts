// Set-up's failures in one clear line each.

import { CnnvizError } from '../../../base/errors.js';
import { type CommandResult, lastLine } from './run-command.js';

/** Set-up cannot go on: one line that says what and why, and a hint that says what to do. */
export function setupFailure(message: string, hint: string, cause?: unknown): CnnvizError {
  return new CnnvizError('SETUP_FAILED', message, cause === undefined ? { hint } : { hint, cause });
}

/** The disk below `folder` is full. */
export function diskFull(folder: string, detail = 'no space left'): CnnvizError {
  return new CnnvizError('DISK_FULL', `${folder}: ${detail}`, {
    hint: 'Free some space, or point CNNVIZ_HOME at a folder on a larger disk.',
  });
}

/** Turns the operating system's word about writing below `folder` into ours; everything else stays as it is. */
export function writeFailure(folder: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder);
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG', 'ELOOP'].includes(code ?? ''))
    return error;
  const reason = code === 'EROFS' ? 'the file system is read-only' : `cannot be written (${message})`;
  return new CnnvizError('NOT_WRITABLE', `${folder}: ${reason}`, {
    hint: 'Point CNNVIZ_HOME at a folder that you can write to.',
    cause: error,
  });
}

/** A command of set-up failed: a full disk has its own error. */
export function commandFailure(what: string, result: CommandResult, folder: string, hint: string): CnnvizError {
  if (/no space left|disk quota exceeded/i.test(result.stderr)) return diskFull(folder);
  const end = result.signal ? `killed by ${result.signal}` : `exit code ${result.exitCode}`;
  return setupFailure(`${what} failed: ${lastLine(result.stderr) || lastLine(result.stdout) || end}`, hint);
}
