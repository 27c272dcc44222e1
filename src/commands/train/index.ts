import { requireText } from '../../base/arguments.js';
import type { Membership } from '../../cluster/membership.js';
import { checkRunFolder, claimRunFolder, releaseRunFolder } from '../../runs/run-folder.js';
import { lockRun } from '../../runs/run-lock.js';
import type { EventListener } from '../shared/events.js';
import { resolveMonitor, warnOfSpentSchedule } from './callbacks.js';
import { restoreData } from './data-state.js';
import { drawCurves } from './draw-curves.js';
import type { TrainingEvent } from './events.js';
import {
  findWorkers,
  hearWorker,
  limitsOf,
  openCluster,
  prepareHandout,
  readHandout,
  requireFitForWorkers,
} from './join-cluster.js';
import type { OpenedBase } from './open-base.js';
import type { TrainOptions } from './options.js';
import { decodeProbe, recallProbe } from './probe.js';
import { repairOnResume } from './repair-on-resume.js';
import { findRestartedRun, refuseFinished, requireFitForRestart } from './restart.js';
import type { TrainResult } from './result.js';
import { findRunFolder, readResumedRun, requireEpochsLeft, resolveResumedOptions } from './resume.js';
import { completeOptions } from './run-options.js';
import { resolveTrainOptions, type TrainSettings } from './settings.js';
import { openTrainingData, toPreprocessing } from './train-data.js';
import type { TrainingTask } from './training-task.js';

/**
 * Trains the article's network on a folder of images and saves it as a run after every epoch; or resumes a stopped run,
 * bit-for-bit identical to an uninterrupted one. Options can come from a recipe or from another run.
 *
 * @throws CnnvizError BAD_ARGUMENT before anything is loaded; NOT_FOUND, NOT_READABLE, BAD_DATASET for the folder;
 * BAD_IMAGE with `onBadImage: 'fail'`; NOT_WRITABLE, DISK_FULL; BACKEND_UNAVAILABLE; ABORTED before the first step;
 * for a run to resume, NOT_FOUND, BAD_MODEL, RUN_FINISHED, and BAD_DATASET for images other than its own
 *
 * @example
 * ```ts
 * import { train } from 'cnnviz';
 *
 * const { path, record } = await train({ data: 'cats_dogs', epochs: 10, recipe: 'augmented' });
 * console.log(path, record.weights.best?.epoch);
 * ```
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const workers = findWorkers(options);
  requireFitForRestart(options);
  // Of all workers at once: none waits for one that was refused.
  requireFitForWorkers(options, workers);
  if (workers !== undefined && workers.index > 0)
    return joinRun(options, workers).catch((error) => refuseFinished(error, options));
  const resume = options.resume ?? (options.restartable ? findRestartedRun(options.out as string) : undefined);
  if (resume === undefined) return trainNewRun(options, workers);
  requireText('resume', resume, 'a run folder');
  return resumeRun(resume, options, workers).catch((error) => refuseFinished(error, options));
}

async function trainNewRun(options: TrainOptions, workers: Membership | undefined): Promise<TrainResult> {
  const { options: complete, start } = await completeOptions(options);
  const asked = resolveTrainOptions(complete);
  requireFitForWorkers(asked, workers);
  const onEvent = asked.onEvent ?? ignoreEvent;
  if (asked.out !== undefined) await checkRunFolder(asked.out, asked.overwrite);
  const base = await openBaseOf(complete, asked, onEvent);
  const own = { ...asked, ...(base && ownOptions(base)) };
  const probe = own.probe && (await decodeProbe(own.probe, base?.preprocessing ?? toPreprocessing(own)));
  const cluster = workers && (await openCluster(workers, asked, onEvent));
  await cluster?.share('');
  const startedAt = new Date();
  const data = await openTrainingData(own, onEvent, { workers, own: base?.preprocessing });
  const settings = resolveMonitor(own, data.validation !== undefined);
  const shown = probe ?? (settings.live ? await (await import('./live.js')).chooseProbe(data) : undefined);
  const folder = await claimRunFolder(settings.out, startedAt, settings);
  try {
    return await trainTask({
      settings,
      data,
      folder,
      startedAt: startedAt.toISOString(),
      onEvent,
      start,
      base,
      cluster,
      probe: shown,
      isFilmBrief: probe === undefined,
    });
  } finally {
    await releaseRunFolder(folder);
  }
}

async function openBaseOf(
  options: TrainOptions,
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
): Promise<OpenedBase | undefined> {
  if (settings.base === undefined) return undefined;
  const { openBase } = await import('./open-base.js');
  return openBase(options, settings, onEvent);
}

/** What a base decides of the options. */
function ownOptions({ path, preprocessing, cut }: OpenedBase) {
  const { height: imageSize, interpolation, autoOrient } = preprocessing;
  return { base: path, cut, imageSize, interpolation, autoOrient };
}

async function resumeRun(path: string, options: TrainOptions, workers: Membership | undefined): Promise<TrainResult> {
  const onEvent = options.onEvent ?? ignoreEvent;
  const folder = await findRunFolder(path, onEvent);
  await lockRun(folder, options);
  try {
    await repairOnResume(folder, onEvent);
    const resumed = await readResumedRun(folder, onEvent);
    const probe = await recallProbe(folder, resumed.record);
    const asked = resolveResumedOptions(options, resumed);
    requireFitForWorkers(asked, workers);
    const cluster = workers && (await openCluster(workers, asked, onEvent));
    await cluster?.share(JSON.stringify(prepareHandout(resumed)));
    const own = asked.base === undefined ? undefined : resumed.record.preprocessing;
    const data = await openTrainingData(asked, onEvent, { workers, own });
    const settings = resolveMonitor(asked, data.validation !== undefined);
    requireEpochsLeft(settings, resumed);
    restoreData(data, resumed.record.classNames, resumed.images);
    const { startedAt } = resumed.record;
    return await trainTask({ settings, data, folder, startedAt, onEvent, resumed, cluster, probe });
  } finally {
    await releaseRunFolder(folder);
  }
}

/** A worker that writes nothing begins a run with worker 0, or goes on with the run that worker 0 has. */
async function joinRun(options: TrainOptions, workers: Membership): Promise<TrainResult> {
  const onEvent = hearWorker(options.onEvent ?? ignoreEvent, workers);
  const cluster = await openCluster(workers, limitsOf(options), onEvent);
  const handout = readHandout(await cluster.share(''), options);
  // A run that goes on needs no other: what its command names may be another one by now, such as runs/latest.
  const { options: complete, start } = handout === undefined ? await completeOptions(options) : { options };
  const asked = handout ? resolveResumedOptions(options, { record: handout }) : resolveTrainOptions(complete);
  requireFitForWorkers(asked, workers);
  const data = await openTrainingData(asked, onEvent, { workers });
  const settings = resolveMonitor(asked, data.validation !== undefined);
  if (handout) requireEpochsLeft(settings, { checkpoint: handout });
  const startedAt = handout?.startedAt ?? new Date().toISOString();
  return trainTask({ settings, data, folder: '', startedAt, onEvent, start, cluster, ...(handout && { handout }) });
}

async function trainTask(task: TrainingTask): Promise<TrainResult> {
  warnOfSpentSchedule(task.settings, task.onEvent);
  task.onEvent({ type: 'stage', stage: 'starting-backend' });
  // Not before it is needed: earlier failures are then reported at once.
  const { trainNetwork } = await import('./train-network.js');
  if (task.cluster !== undefined && task.cluster.index > 0) return trainNetwork(task);
  const trainAndDraw = async () => {
    const result = await trainNetwork(task);
    const curves = await drawCurves(result.path, result.record, task.onEvent);
    return curves === undefined ? result : { ...result, curves };
  };
  return task.settings.live ? (await import('./live.js')).trainLive(task, trainAndDraw) : trainAndDraw();
}

function ignoreEvent(): void {}
