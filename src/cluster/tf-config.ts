// TF_CONFIG, as TensorFlow's cluster resolvers read it and schedulers set it.

import { badArgument, CnnvizError } from '../base/errors.js';
import type { Membership } from './membership.js';

interface TfConfig {
  cluster?: Record<string, unknown>;
  task?: { type?: unknown; index?: unknown };
  sparseCluster?: unknown;
}

/**
 * Reads TF_CONFIG: the chief, where there is one, is worker 0. A cluster of one worker is the same as no cluster.
 *
 * @throws CnnvizError BAD_ARGUMENT
 */
export function readTfConfig(text: string): Membership | undefined {
  const { cluster = {}, task, sparseCluster } = parse(text);
  if (sparseCluster !== undefined) throw unsupported('sparseCluster: the number of workers is fixed');
  const { chief, worker, evaluator: _, ...others } = cluster;
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`cluster.${other}: gradients are summed by the workers themselves`);
  const chiefs = readAddresses('cluster.chief', chief);
  const addresses = [...chiefs, ...readAddresses('cluster.worker', worker)];
  if (task?.type === 'evaluator') {
    throw new CnnvizError(
      'NO_TASK',
      'nothing to do for an evaluator: the workers evaluate after every epoch themselves',
    );
  }
  if (addresses.length <= 1) return undefined;
  const index = readIndex(task) + (task?.type === 'worker' ? chiefs.length : 0);
  const known = task?.type === 'worker' || (task?.type === 'chief' && chiefs.length > 0);
  if (!known || index >= addresses.length) {
    throw badArgument('TF_CONFIG', 'a task of the cluster, chief or worker', JSON.stringify(task));
  }
  return { addresses, index };
}

function parse(text: string): TfConfig {
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config === 'object' && config !== null) return config as TfConfig;
  } catch {
    // refused below
  }
  throw badArgument('TF_CONFIG', 'a JSON object with cluster and task', text);
}

function readAddresses(name: string, list: unknown): string[] {
  if (list === undefined) return [];
  if (Array.isArray(list) && list.every((one) => typeof one === 'string' && /^.+:\d+$/.test(one))) return list;
  throw badArgument(`TF_CONFIG: ${name}`, 'a list of "host:port"', JSON.stringify(list));
}

function readIndex(task: TfConfig['task']): number {
  const index = Number(task?.index ?? Number.NaN);
  if (Number.isInteger(index) && index >= 0) return index;
  throw badArgument('TF_CONFIG: task.index', 'a whole number from 0', task?.index);
}

function unsupported(what: string): CnnvizError {
  const hint = 'Give a cluster of workers, with or without a chief.';
  return new CnnvizError('BAD_ARGUMENT', `TF_CONFIG: not supported: ${what}`, { hint });
}
