import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readFrame, readProbeImages } from '../../film/film-folder.js';
import type { Frame } from '../../film/frame.js';
import type { ProbeImage } from '../../film/probe-images.js';
import { findModel, requireWholeRun } from '../../runs/find-model.js';
import type { RunRecord } from '../../runs/run.js';
import type { WorkflowOptions } from '../shared/events.js';

/** What the layers of a network made of some images after each epoch of its training. */
export interface Film {
  /** the run's folder, absolute */
  run: string;
  record: RunRecord;
  /** of the images as the network gets them, pixels */
  width: number;
  height: number;
  images: ProbeImage[];
  /** whole epochs done, of each frame: from 0, the network before its training */
  epochs: number[];
  /** @throws CnnvizError BAD_MODEL for a frame that is damaged or missing */
  readFrame(epoch: number): Promise<Frame>;
}

/**
 * Opens the film of a run that was trained with `probe`. Frames are read when they are asked for: each channel as one byte a
 * value, with its range.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL, also for a run without a film; BAD_ARGUMENT for one epoch of a run
 *
 * @example
 * ```ts
 * import { readFilm } from 'cnnviz';
 *
 * const { epochs, readFrame } = await readFilm('runs/latest');
 * for (const epoch of epochs) console.log(epoch, (await readFrame(epoch)).images[0]?.outputs);
 * ```
 */
export async function readFilm(run: string, { onEvent }: WorkflowOptions = {}): Promise<Film> {
  const { run: found } = await findModel(run, 'last', (message) => onEvent?.({ type: 'warning', message }));
  const { folder, record } = requireWholeRun(run, found, 'A film shows all of its epochs.');
  const { film } = record;
  if (film === undefined) {
    throw new CnnvizError('BAD_MODEL', `${run}: the run has no film`, {
      hint: 'Train one with "cnnviz train DIR --probe IMAGE": a run keeps its film from its first epoch on.',
    });
  }
  const place = join(folder, film.folder);
  const { images, width, height } = await readProbeImages(place);
  return {
    ...{ run: folder, record, width, height, images },
    epochs: Array.from({ length: record.weights.last.epoch + 1 }, (_, epoch) => epoch),
    async readFrame(epoch) {
      const frame = await readFrame(place, epoch);
      if (frame === undefined) throw new CnnvizError('BAD_MODEL', `${place}: the frame of epoch ${epoch} is missing`);
      if (frame.epoch === epoch && frame.images.length === images.length) return frame;
      throw new CnnvizError('BAD_MODEL', `${place}: the frame of epoch ${epoch} is of another film`);
    },
  };
}
