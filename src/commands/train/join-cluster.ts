// How a training becomes one of several workers.

import { CnnvizError } from '../../base/errors.js';
import type { Cluster } from '../../cluster/cluster.js';
import { ALONE, findMembership } from '../../cluster/find-membership.js';
import type { Membership } from '../../cluster/membership.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import type { EventListener } from '../shared/events.js';
import type { TrainingEvent } from './events.js';
import { TRAIN_DEFAULTS, type TrainOptions } from './options.js';
import type { ResumedRun } from './resume.js';
import type { TrainSettings } from './settings.js';

/** The workers that options or TF_CONFIG name; undefined: this process trains alone. @throws CnnvizError BAD_ARGUMENT */
export function findWorkers({ workers, workerIndex, cluster, onEvent }: TrainOptions): Membership | undefined {
  if (workers === ALONE && process.env.TF_CONFIG !== undefined) {
    onEvent?.({ type: 'warning', message: 'workers 1: this process trains alone, TF_CONFIG is ignored' });
  }
  return findMembership({ workers, workerIndex, cluster }, process.env);
}

/** What all workers have to know of a run that goes on: worker 0 alone has its folder. */
export interface Handout {
  options: Record<string, unknown>;
  startedAt: string;
  progress: TrainingProgress;
  precision: ResumedRun['checkpoint']['computer']['precision'];
}

/** Only worker 0 reports; the others report what nobody else sees. */
export function hearWorker(
  onEvent: EventListener<TrainingEvent>,
  membership: Membership | undefined,
): EventListener<TrainingEvent> {
  if (membership === undefined || membership.index === 0) return onEvent;
  return (event) => {
    if (event.type === 'cluster' || event.type === 'bad-image') onEvent(event);
  };
}

export function prepareHandout({ record: { options, startedAt }, checkpoint }: ResumedRun): Handout {
  const { progress, computer } = checkpoint;
  return { options, startedAt, progress, precision: computer.precision };
}

/** Of worker 0's text. @returns undefined where a new run begins @throws CnnvizError WORKERS_DIFFER */
export function readHandout(text: string, { resume }: TrainOptions): Handout | undefined {
  if (text !== '') return JSON.parse(text) as Handout;
  if (resume === undefined) return undefined;
  throw new CnnvizError('WORKERS_DIFFER', 'this worker was to resume a run, and worker 0 begins a new one', {
    hint: 'Start all workers with the same options.',
  });
}

/** How long a worker waits whose other options are still to come. */
export function limitsOf({ wait, stepLimit, signal }: TrainOptions): ClusterSettings {
  return {
    wait: wait ?? TRAIN_DEFAULTS.wait,
    stepLimit: stepLimit ?? TRAIN_DEFAULTS.stepLimit,
    ...(signal && { signal }),
  };
}

type ClusterSettings = Pick<TrainSettings, 'wait' | 'stepLimit' | 'signal'>;

/** What several workers cannot do is refused before any work. @throws CnnvizError BAD_ARGUMENT */
export function requireFitForWorkers(
  { backend = 'auto', base }: Pick<TrainOptions, 'backend' | 'base'>,
  workers: Membership | undefined,
): void {
  if (workers === undefined) return;
  const refuse = (name: string, reason: string) => {
    const message = `${name}: several workers cannot train with it, since ${reason}`;
    return new CnnvizError('BAD_ARGUMENT', message, { hint: 'Train with one process.', options: [name] });
  };
  if (backend !== 'auto' && backend !== 'native') throw refuse('backend', 'that needs native TensorFlow');
  if (base !== undefined) throw refuse('base', 'only one process knows the base and what it makes of the images');
}

/** Loads native TensorFlow, and opens the port. @throws CnnvizError CLUSTER_FAILED, BACKEND_UNAVAILABLE */
export async function openCluster(
  membership: Membership,
  { wait, stepLimit, signal }: ClusterSettings,
  onEvent: EventListener<TrainingEvent>,
): Promise<Cluster> {
  const { selectBackend } = await import('../../backend/select.js');
  await selectBackend('native');
  const { Cluster } = await import('../../cluster/cluster.js');
  const { addresses, index } = membership;
  const isPrivate = process.env.CNNVIZ_OWN_NETWORK === '1';
  onEvent({ type: 'cluster', index, addresses: [...addresses], isPrivate });
  return Cluster.open(membership, { waitMs: wait * 1000, stepMs: stepLimit * 1000 }, signal);
}
