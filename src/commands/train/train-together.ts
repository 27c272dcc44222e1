// What training with other workers adds to the training of one.

import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { Cluster } from '../../cluster/cluster.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { requireAgreement } from './agreement.js';
import type { TrainResult } from './result.js';
import { type RunKeeper, SharedKeeper } from './run-keeper.js';
import type { TrainingTask } from './training-task.js';

/** Before the first step: all workers train the same. @throws CnnvizError WORKERS_DIFFER, CLUSTER_FAILED */
export async function joinTraining(
  cluster: Cluster,
  task: TrainingTask,
  {
    writer,
    ...parts
  }: { backend: SelectedBackend; trainer: Trainer; progress: TrainingProgress; writer: RunKeeper | undefined },
): Promise<RunKeeper> {
  await requireAgreement(cluster, task, parts);
  cluster.beginTraining();
  return new SharedKeeper(cluster, parts.trainer, task.data, writer);
}

/** Worker 0's result, on all of them: none ends while another still needs it. */
export async function shareResult(cluster: Cluster | undefined, own: TrainResult): Promise<TrainResult> {
  if (cluster === undefined) return own;
  const result = JSON.parse(await cluster.share(JSON.stringify(own))) as TrainResult;
  return { ...result, worker: { index: cluster.index, count: cluster.size } };
}
