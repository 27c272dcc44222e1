// Which part of the images a task of an array job takes.

import { badArgument, CnnvizError } from '../../base/errors.js';
import { text } from '../../options/kinds.js';
import type { Shard } from '../../shards/shard-set.js';

const EXPECTED = 'i/n with i from 1 to n, or auto/n, such as 3/8';

/** @param what what one task does, such as `measure every n-th image from the i-th on` */
export function shardOption(what: string) {
  return text(describeShard(what));
}

/** The same where a call is about nothing else. */
export function requiredShard(what: string) {
  return text({ ...describeShard(what), required: true });
}

function describeShard(what: string) {
  return {
    help: `${what}; auto/n: i from Slurm or Kubernetes`,
    expected: EXPECTED,
    placeholder: 'i/n',
    check: (name: string, value: unknown) => void readShard(name, value),
  };
}

/**
 * The part that `3/8` means, or `auto/8` in a task of an array job of Slurm or of an Indexed Job of Kubernetes.
 *
 * @throws CnnvizError BAD_ARGUMENT, also where no scheduler says which task this is, or another number of tasks
 */
export function parseShard(given: string, environment: NodeJS.ProcessEnv = process.env): Shard {
  const { index, count } = readShard('shard', given);
  return { index: index ?? findTask(count, environment), count };
}

function readShard(name: string, given: unknown): { index: number | undefined; count: number } {
  const [, first, second] = /^(\d{1,9}|auto)\/(\d{1,9})$/.exec(String(given)) ?? [];
  const count = Number(second);
  const index = first === 'auto' ? undefined : Number(first);
  if (count >= 1 && (index === undefined || (index >= 1 && index <= count))) return { index, count };
  throw badArgument(name, EXPECTED, given);
}

/** From 1. https://slurm.schedmd.com/job_array.html, https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
function findTask(count: number, environment: NodeJS.ProcessEnv): number {
  const { SLURM_ARRAY_TASK_ID: slurm, JOB_COMPLETION_INDEX: kubernetes } = environment;
  if (slurm !== undefined && kubernetes !== undefined) {
    throw refuse(count, 'both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX are set');
  }
  if (kubernetes !== undefined) return requireTask(count, readNumber(environment, 'JOB_COMPLETION_INDEX') + 1);
  if (slurm === undefined) throw refuse(count, 'neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set');
  const first = readNumber(environment, 'SLURM_ARRAY_TASK_MIN', 0);
  const step = Math.max(1, readNumber(environment, 'SLURM_ARRAY_TASK_STEP', 1));
  const tasks = readNumber(environment, 'SLURM_ARRAY_TASK_COUNT', count);
  // A job of only those tasks that failed before counts from another first one.
  if (tasks !== count) throw refuse(count, `the array job has ${tasks} tasks (SLURM_ARRAY_TASK_COUNT), not ${count}`);
  return requireTask(count, (readNumber(environment, 'SLURM_ARRAY_TASK_ID') - first) / step + 1);
}

function requireTask(count: number, index: number): number {
  if (Number.isInteger(index) && index >= 1 && index <= count) return index;
  throw refuse(count, `this is task ${index} of the job, counted from 1, and the tasks are ${count}`);
}

function readNumber(environment: NodeJS.ProcessEnv, variable: string, fallback?: number): number {
  const given = environment[variable];
  if (given === undefined && fallback !== undefined) return fallback;
  if (given !== undefined && /^\d{1,9}$/.test(given)) return Number(given);
  throw new CnnvizError('BAD_ARGUMENT', `${variable}: expected a whole number, received "${given}"`);
}

function refuse(count: number, problem: string): CnnvizError {
  return new CnnvizError('BAD_ARGUMENT', `shard: auto/${count}: ${problem}`, {
    hint: `Use as many tasks as shards, or say which one this is: --shard 1/${count}, with 1 to ${count}.`,
  });
}
