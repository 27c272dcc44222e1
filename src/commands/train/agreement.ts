// Makes sure that all workers train the same: TensorFlow notices neither another seed nor other images.

import { createHash } from 'node:crypto';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import { CnnvizError } from '../../base/errors.js';
import type { Cluster } from '../../cluster/cluster.js';
import type { Trainer, TrainerState } from '../../engines/contract/trainer.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { readOwnVersion } from '../shared/versions.js';
import { describeData } from './data-state.js';
import { recordOptions } from './recorded-options.js';
import type { TrainingTask } from './training-task.js';

/** Options that may differ from worker to worker: none of them changes what is trained. */
const OWN_OPTIONS = [
  ...['data', 'out', 'config', 'from', 'backend', 'precision', 'cacheMemory', 'log', 'defaultWeights'],
  ...['probe', 'keepEpochs'],
];

/** What is compared, by name. */
type Facts = Record<string, string>;

/** @throws CnnvizError WORKERS_DIFFER, on all workers, with the differences */
export async function requireAgreement(
  cluster: Cluster,
  task: TrainingTask,
  { backend, trainer, progress }: { backend: SelectedBackend; trainer: Trainer; progress: TrainingProgress },
): Promise<void> {
  const facts: Facts = {
    ...listOptions(task),
    ...{ cnnviz: readOwnVersion(), TensorFlow: backend.version, precision: trainer.precision },
    step: String(progress.step),
    classes: task.data.classNames.join(', '),
    images: describeImages(task),
  };
  const all = (await cluster.gather(JSON.stringify(facts))).map((text) => JSON.parse(text) as Facts);
  const differing = all.flatMap((theirs, index) => {
    const differences = compareFacts(all[0] as Facts, theirs);
    return differences.length === 0
      ? []
      : [`${cluster.nameWorker(index)} differs from worker 0: ${differences.join('; ')}`];
  });
  if (differing.length > 0) throw workersDiffer(differing.join('. '));
}

function listOptions({ settings }: TrainingTask): Facts {
  const options = Object.entries(recordOptions(settings)).filter(([name]) => !OWN_OPTIONS.includes(name));
  return Object.fromEntries(options.map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Names, classes and sizes, in their order; they may lie elsewhere on each machine. */
function describeImages({ data }: TrainingTask): string {
  const { train, validation } = describeData(data);
  const hash = createHash('sha256');
  for (const split of [train, validation]) {
    hash.update(JSON.stringify(split ? [split.files, split.classIndexes, split.sizes] : null));
  }
  const counts = `${train.files.length} in train, ${validation?.files.length ?? 0} in validation`;
  return `${counts}, names and sizes ${hash.digest('hex').slice(0, 12)}`;
}

function compareFacts(expected: Facts, found: Facts): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return names
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${name} ${found[name] ?? 'absent'} instead of ${expected[name] ?? 'absent'}`);
}

/** Weights and optimizer of all workers have to be the same bits. @throws CnnvizError WORKERS_DIFFER */
export async function requireSameState(cluster: Cluster, state: TrainerState, step: number): Promise<void> {
  const digests = await cluster.gather(digestState(state));
  const other = digests.findIndex((digest) => digest !== digests[0]);
  if (other < 0) return;
  throw workersDiffer(
    `${cluster.nameWorker(other)} has other weights than worker 0 after step ${step}: are their processors of different kinds?`,
  );
}

function digestState({ weights, slots }: TrainerState): string {
  const hash = createHash('sha256');
  for (const { name, values } of [...weights, ...slots]) {
    hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}

function workersDiffer(message: string): CnnvizError {
  const hint = 'Start all workers with the same options, images and versions.';
  return new CnnvizError('WORKERS_DIFFER', message, { hint });
}
