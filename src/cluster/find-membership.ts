// Who trains together, and which of them this process is.

import { badArgument, CnnvizError } from '../base/errors.js';
import { expandCounts, expandHosts } from './host-list.js';
import type { Membership } from './membership.js';
import { readTfConfig } from './tf-config.js';

/** What decides it: options of `train`, and what schedulers set. */
export interface MembershipOptions {
  /** HOST:PORT,... of all workers; 1: this process alone, whatever TF_CONFIG says */
  workers?: string | undefined;
  workerIndex?: number | undefined;
  cluster?: 'slurm' | 'k8s' | undefined;
}

/** `workers` of a process that trains alone. */
export const ALONE = '1';

type Environment = Readonly<Record<string, string | undefined>>;

/** As TensorFlow's resolver has it: the tasks of a node from here on. */
const SLURM_PORT = 8888;

/** @returns undefined where this process trains alone @throws CnnvizError BAD_ARGUMENT */
export function findMembership(options: MembershipOptions, env: Environment): Membership | undefined {
  const { workers, workerIndex, cluster } = options;
  if (cluster !== undefined && workers !== undefined && (cluster === 'slurm' || /^\d+$/.test(workers))) {
    const message = `workers ${workers} and cluster ${cluster} cannot be combined: each of them says who the workers are`;
    throw new CnnvizError('BAD_ARGUMENT', message, { options: ['workers', 'cluster'] });
  }
  if (workers === ALONE) return undefined;
  if (cluster === 'slurm') return readSlurm(env);
  if (workers === undefined) {
    if (cluster === 'k8s')
      throw badArgument('workers', "the workers' addresses, such as 'job-[0-3].job:2222'", undefined);
    return env.TF_CONFIG === undefined ? undefined : readTfConfig(env.TF_CONFIG);
  }
  const addresses = expandHosts('workers', workers);
  const bad = addresses.find((address) => !/^.+:\d+$/.test(address));
  if (bad !== undefined)
    throw badArgument('workers', 'HOST:PORT,... of all workers (a number only on the command line)', bad);
  const index = cluster === 'k8s' ? readNumber(env, 'JOB_COMPLETION_INDEX') : workerIndex;
  if (index === undefined || index >= addresses.length) {
    const expected = `which of the ${addresses.length} workers this is, 0 to ${addresses.length - 1}`;
    throw badArgument(cluster === 'k8s' ? 'JOB_COMPLETION_INDEX' : 'workerIndex', expected, index);
  }
  return addresses.length === 1 ? undefined : { addresses, index };
}

/** The tasks of the job step, as Slurm numbers them: in the order of its nodes, which TensorFlow's SlurmClusterResolver sorts by name. */
function readSlurm(env: Environment): Membership | undefined {
  const hosts = expandHosts('SLURM_STEP_NODELIST', readVariable(env, 'SLURM_STEP_NODELIST'));
  const counts = expandCounts('SLURM_STEP_TASKS_PER_NODE', readVariable(env, 'SLURM_STEP_TASKS_PER_NODE'));
  if (counts.length !== hosts.length) {
    throw badArgument('SLURM_STEP_TASKS_PER_NODE', `counts of ${hosts.length} nodes`, env.SLURM_STEP_TASKS_PER_NODE);
  }
  const addresses = hosts.flatMap((host, node) =>
    Array.from({ length: counts[node] as number }, (_, task) => `${host}:${SLURM_PORT + task}`),
  );
  const index = readNumber(env, 'SLURM_PROCID');
  if (index >= addresses.length) throw badArgument('SLURM_PROCID', `0 to ${addresses.length - 1}`, index);
  return addresses.length === 1 ? undefined : { addresses, index };
}

function readVariable(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw badArgument(name, 'to be set by the scheduler', undefined);
  return value;
}

function readNumber(env: Environment, name: string): number {
  const value = Number(readVariable(env, name));
  if (!Number.isInteger(value) || value < 0) throw badArgument(name, 'a whole number from 0', env[name]);
  return value;
}
