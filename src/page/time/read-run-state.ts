// What a page shows of a run's training, from its folder.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rasterFromPixels } from '../../base/raster.js';
import { readProbeImages } from '../../film/film-folder.js';
import type { ProbeImages } from '../../film/probe-images.js';
import { encodeJpeg } from '../../rendering/jpeg.js';
import { RUN_FILE, type RunRecord } from '../../runs/run.js';
import type { ProbePicture, RunCurves, RunState, RunStatus } from './time-data.js';

/** The name of the page that a training leaves in its run. */
export const REPORT_FILE = 'report.html';

/** Before the first epoch is saved. */
export function unsavedState(status: RunStatus): RunState {
  return {
    ...{
      startedAt: '',
      status,
      epochs: 0,
      done: 0,
      history: { loss: [], accuracy: [] },
      durations: [],
      classNames: [],
    },
    ...{ images: [], frames: [], hasReport: false },
  };
}

/** @param images of its film, see `drawProbePictures` */
export function describeRun(
  { startedAt, history, weights, options, classNames, film, epochSeconds, status }: RunRecord,
  images: readonly ProbePicture[],
): RunState {
  const done = history.loss?.length ?? 0;
  const { epochs } = options;
  const { best } = weights;
  return {
    startedAt,
    status,
    epochs: Number.isSafeInteger(epochs) ? (epochs as number) : done,
    done,
    history: describeHistory(history),
    durations: epochSeconds ?? [],
    ...(best && { bestEpoch: best.epoch }),
    classNames,
    images,
    // What run.json says of its last epoch may be any number.
    frames:
      film === undefined ? [] : Array.from({ length: Math.min(weights.last.epoch, done) + 1 }, (_, epoch) => epoch),
    hasReport: false,
  };
}

function describeHistory({ loss = [], acc = [], val_loss, val_acc }: RunRecord['history']): RunCurves {
  return {
    loss,
    accuracy: acc,
    ...(val_loss && { validationLoss: val_loss }),
    ...(val_acc && { validationAccuracy: val_acc }),
  };
}

/** The images of a run's film; undefined where it has no film. @throws CnnvizError as readProbeImages */
export async function readProbe(folder: string, { film }: Pick<RunRecord, 'film'>): Promise<ProbeImages | undefined> {
  return film && readProbeImages(join(folder, film.folder));
}

/** Of a picture in a list, pixels. */
const thumbnailSize = 160;

/** The images of a run's film as the network gets them; none where it has no film. @param size at most, pixels */
export async function drawProbePictures(probe: ProbeImages | undefined, size = thumbnailSize): Promise<ProbePicture[]> {
  return Promise.all(probe?.images.map((image) => drawProbeImage(image, probe, size)) ?? []);
}

async function drawProbeImage(
  { name, pixels }: ProbeImages['images'][number],
  { width, height }: ProbeImages,
  size: number,
): Promise<ProbePicture> {
  const { bytes } = await encodeJpeg(rasterFromPixels(pixels, width, height, 3), size);
  return { name, picture: `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}` };
}

/** Whether the page in a run's folder is of its last state: a training that went on leaves the one of an earlier state. */
export async function hasReport(folder: string): Promise<boolean> {
  const [page, run] = await Promise.all(
    [REPORT_FILE, RUN_FILE].map((name) => stat(join(folder, name)).catch(() => undefined)),
  );
  return page?.isFile() === true && run !== undefined && page.mtimeMs >= run.mtimeMs;
}
