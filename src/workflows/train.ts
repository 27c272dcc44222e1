import type { RunRecord } from '../model/run.js';
import { claimRunFolder, releaseRunFolder } from '../model/run-folder.js';
import { drawCurves } from './draw-curves.js';
import { openTrainingData } from './train-data.js';
import { settleTrainOptions, type TrainOptions } from './train-options.js';

export interface TrainResult {
  /** the run folder, absolute */
  path: string;
  /** the signal ended it before the last epoch; what was learned is saved */
  interrupted: boolean;
  /** the content of run.json: history, best and last weights, files that were skipped, ... */
  record: RunRecord;
  /** the picture of its curves; absent before the first whole epoch */
  curves?: string;
}

/**
 * Trains the article's network on a folder of photographs and saves it as a run after every epoch.
 *
 * @throws CnnvizError BAD_ARGUMENT before anything is loaded; NOT_FOUND, NOT_READABLE, BAD_DATASET for the folder;
 * BAD_IMAGE with `onBadImage: 'fail'`; NOT_WRITABLE, DISK_FULL; BACKEND_UNAVAILABLE; ABORTED before the first step
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const settings = settleTrainOptions(options);
  const onEvent = settings.onEvent ?? (() => undefined);
  const startedAt = new Date();
  const data = await openTrainingData(settings, onEvent);
  const folder = await claimRunFolder(settings.out, startedAt);
  try {
    // Not before it is needed: what goes wrong earlier is then told at once.
    const { trainNetwork } = await import('./train-network.js');
    const result = await trainNetwork({ settings, data, folder, startedAt, onEvent });
    const curves = await drawCurves(result.path, result.record, onEvent);
    return curves === undefined ? result : { ...result, curves };
  } finally {
    await releaseRunFolder(folder);
  }
}
