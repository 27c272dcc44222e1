// A run's training over its epochs, in a size that a file can hold.

import { join } from 'node:path';
import { readFrame } from '../../film/film-folder.js';
import type { Frame, FrameLayer } from '../../film/frame.js';
import type { RunRecord } from '../../runs/run.js';
import { chooseTimeLayers, encodeTimeFrame } from './encode-frame.js';
import { describeRun, drawProbePictures, readProbe } from './read-run-state.js';
import { strongestChannels } from './strongest-channels.js';
import { thinEpochs } from './thin-epochs.js';
import type { TimeFrame, TimeSummary } from './time-data.js';

/** Of all frames of a page, characters. */
const frameCharacters = 2.5e6;

type Ranges = Map<number, [number, number]>;

/**
 * What a page shows of a run over time: its curves, and the strongest channels of a few layers after each epoch, or after
 * every nth where that would be too much.
 *
 * @param folder of the run
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL where its film is damaged
 */
export async function summarizeTime(folder: string, record: RunRecord): Promise<TimeSummary> {
  const run = describeRun(record, await drawProbePictures(await readProbe(folder, record)));
  const { film } = record;
  if (film === undefined) return { run, frames: [], leftOut: 0 };
  const read = (epoch: number) => readFrame(join(folder, film.folder), epoch);
  const ranges = await joinFilm(run.frames, read);
  const channelsOf = (image: number, { name }: FrameLayer) =>
    strongestChannels(ranges.get(`${image} ${name}`) ?? new Map());
  const encode = async (epoch: number) => {
    const frame = await read(epoch);
    return frame && encodeTimeFrame(frame, { channelsOf });
  };
  const last = await encode(run.frames.at(-1) ?? 0);
  const fits = Math.max(2, Math.floor(frameCharacters / JSON.stringify(last ?? '').length));
  const epochs = run.frames.length > fits ? thinEpochs(run.frames.at(-1) ?? 0, fits) : run.frames;
  const frames: TimeFrame[] = [];
  for (const epoch of epochs) {
    const frame = epoch === last?.epoch ? last : await encode(epoch);
    if (frame) frames.push(frame);
  }
  const shown = frames.map(({ epoch }) => epoch);
  return { run: { ...run, frames: shown }, frames, leftOut: run.frames.length - shown.length };
}

/** The range of each channel over all frames, by image and layer. */
async function joinFilm(
  epochs: readonly number[],
  read: (epoch: number) => Promise<Frame | undefined>,
): Promise<Map<string, Ranges>> {
  const joined = new Map<string, Ranges>();
  for (const epoch of epochs) {
    const { images = [] } = (await read(epoch)) ?? {};
    images.forEach(({ layers }, image) => {
      const names = chooseTimeLayers(layers);
      for (const layer of layers.filter(({ name }) => names.includes(name))) {
        const key = `${image} ${layer.name}`;
        const ranges = joined.get(key) ?? new Map<number, [number, number]>();
        layer.channels.forEach(({ min, max }, channel) => {
          const [low, high] = ranges.get(channel) ?? [min, max];
          ranges.set(channel, [Math.min(low, min), Math.max(high, max)]);
        });
        joined.set(key, ranges);
      }
    });
  }
  return joined;
}
