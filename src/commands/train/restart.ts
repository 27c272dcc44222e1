// The same command begins a run and, after a restart by a scheduler, continues it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { RUN_FILE } from '../../runs/run.js';
import type { TrainOptions } from './options.js';

/** @throws CnnvizError BAD_ARGUMENT */
export function requireFitForRestart({ restartable, out, resume, overwrite }: TrainOptions): void {
  if (!restartable) return;
  const refuse = (message: string, options: string[]) => new CnnvizError('BAD_ARGUMENT', message, { options });
  if (out === undefined)
    throw refuse('restartable needs out, the folder that a restart finds the run in', ['restartable', 'out']);
  if (resume !== undefined) throw refuse('restartable and resume cannot be combined', ['restartable', 'resume']);
  if (overwrite) throw refuse('restartable and overwrite cannot be combined', ['restartable', 'overwrite']);
}

/** A restart after the last epoch is no failure: a scheduler would start the process again and again. */
export function refuseFinished(error: unknown, { restartable }: TrainOptions): never {
  if (!restartable || !(error instanceof CnnvizError) || error.code !== 'RUN_FINISHED') throw error;
  throw new CnnvizError('NO_TASK', `nothing to do: ${error.message}`, { cause: error });
}

/** The run that an earlier start saved; undefined: there is none yet. */
export function findRestartedRun(out: string): string | undefined {
  return existsSync(join(out, RUN_FILE)) ? out : undefined;
}
