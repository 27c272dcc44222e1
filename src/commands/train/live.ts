// `--live`: the run is served while it is trained, and the same page stays in it.

import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { ProbeImages } from '../../film/probe-images.js';
import { serveInThread } from '../../live/serve-in-thread.js';
import { isTrainedPage, trainedPageTag } from '../../page/report-file.js';
import { REPORT_FILE } from '../../page/time/read-run-state.js';
import { decodeProbe } from './probe.js';
import type { TrainResult } from './result.js';
import type { TrainingData } from './training-data.js';
import type { TrainingTask } from './training-task.js';

/** Each takes time after every epoch: of more classes the first ones have one. */
const imagesAtMost = 6;
/** Files of a class that may be damaged before it has no image. */
const triesAtMost = 5;

/** The first image of each class, of validation where there is some. */
export async function chooseProbe({
  train,
  validation,
  classNames,
  preprocessing,
}: TrainingData): Promise<ProbeImages | undefined> {
  const { files } = validation ?? train;
  const { height, width } = preprocessing;
  const images = [];
  for (const classIndex of classNames.keys()) {
    const ofClass = files.filter((file) => file.classIndex === classIndex).slice(0, triesAtMost);
    const image: ProbeImages | false | undefined =
      images.length < imagesAtMost && (await decodeFirst(ofClass, preprocessing));
    if (image) images.push(...image.images);
  }
  return images.length === 0 ? undefined : { height, width, images };
}

async function decodeFirst(
  files: readonly LabeledFile[],
  preprocessing: TrainingData['preprocessing'],
): Promise<ProbeImages | undefined> {
  for (const { path } of files) {
    try {
      return await decodeProbe([path], preprocessing);
    } catch (error) {
      if (!(error instanceof CnnvizError)) throw error;
    }
  }
  return undefined;
}

/** Serves a run in a thread while it is trained; of one that was trained to its end the page stays. */
export async function trainLive(task: TrainingTask, trainRun: () => Promise<TrainResult>): Promise<TrainResult> {
  const { folder, onEvent } = task;
  const live = await serveInThread({ folder, port: 0 }, (reason) =>
    onEvent({ type: 'warning', message: `the page is no longer served: ${reason}; "cnnviz serve" serves it again` }),
  );
  try {
    onEvent({ type: 'live', url: live.url, path: folder });
    const result = await trainRun();
    // Who stops a training waits for its end alone, or has seconds until it is killed.
    if (result.curves === undefined || result.interrupted) return result;
    const page = await keepPage(task);
    return page === undefined ? result : { ...result, page };
  } finally {
    await live.conclude();
  }
}

/**
 * Writes what the network makes of the probe's images, and how it learned to.
 *
 * @returns the page's file; undefined where it cannot be written, whatever the reason, with a warning: the run is more than its
 * page
 */
async function keepPage({ folder, settings, data, probe, onEvent }: TrainingTask): Promise<string | undefined> {
  const out = join(folder, REPORT_FILE);
  const { backend, signal } = settings;
  if (!(await isTrainedPage(out))) {
    onEvent({ type: 'warning', message: describeOtherPage(out, folder) });
    return undefined;
  }
  onEvent({ type: 'note', message: `Writing the page of the run: ${REPORT_FILE}` });
  try {
    const { images = [] } = probe ?? (await chooseProbe(data)) ?? {};
    const { writeReport } = await import('../report/index.js');
    const paths = images.map(({ path }) => path);
    await writeReport({ images: paths, model: folder, out, backend, ...(signal && { signal }) }, trainedPageTag);
    return out;
  } catch (error) {
    onEvent({ type: 'warning', message: `the run is saved, but without its page: ${(error as Error).message}` });
    return undefined;
  }
}

function describeOtherPage(out: string, folder: string): string {
  const remedy = `"cnnviz report IMAGE... --model ${folder} --out OTHER.html" writes one that shows the whole training`;
  return `${out} does not carry the mark of --live and stays as it is, so the run has no page of this training; ${remedy}`;
}
