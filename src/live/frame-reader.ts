// The frames of a run's film as pages get them.

import { join } from 'node:path';
import { readFrame } from '../film/film-folder.js';
import type { Frame } from '../film/frame.js';
import { describeFilmImage, readFilmCodes } from '../page/live/film-image.js';
import type { FilmPage } from '../page/live/film-page.js';
import { encodeTimeFrame } from '../page/time/encode-frame.js';
import type { RunRecord } from '../runs/run.js';
import { RecentReads } from './recent-reads.js';

/** Bytes that are kept of frames, and of what pages get of them: every page asks for the same. */
const keptAtMost = 64e6;

/** What a frame is read of. */
export interface FilmedRun {
  record: RunRecord;
  film: FilmPage;
}

/** Reads each frame once, however many pages ask for it, and makes of it only what they ask for. */
export class FrameReader {
  readonly #folder: string;
  readonly #kept = new RecentReads(keptAtMost);
  /** One frame at a time: it may take many times its file. */
  #lastRead: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The frame after an epoch, in little, as JSON; undefined where there is none. @throws CnnvizError NOT_READABLE, BAD_MODEL */
  read(epoch: number, record: RunRecord | undefined): Promise<string | undefined> {
    return this.#readText('time', epoch, record, async (frame) =>
      JSON.stringify(await encodeTimeFrame(frame, { isQuick: true })),
    );
  }

  /**
   * What is known of an image after an epoch, as JSON; undefined where there is no such image or frame.
   *
   * @param number of the image, from 0
   * @throws CnnvizError NOT_READABLE, BAD_MODEL
   */
  readImage(epoch: number, number: number, { record, film }: FilmedRun): Promise<string | undefined> {
    if (film.images[number] === undefined) return Promise.resolve(undefined);
    return this.#readText(`image ${number}`, epoch, record, async ({ images }) => {
      const image = images[number];
      return image && JSON.stringify(describeFilmImage(film, image, number));
    });
  }

  /**
   * The values of a layer: see `readFilmCodes`; undefined where there are none.
   *
   * @param number of the image, from 0
   * @param layer its place in what `readImage` says
   * @throws CnnvizError NOT_READABLE, BAD_MODEL
   */
  async readLayer(
    epoch: number,
    { number, layer }: { number: number; layer: number },
    { record, film }: FilmedRun,
  ): Promise<Uint8Array | undefined> {
    if (film.images[number] === undefined) return undefined;
    const image = (await this.#readFrame(epoch, record))?.images[number];
    return image && readFilmCodes(film, image, number, layer);
  }

  #readText(
    what: string,
    epoch: number,
    record: RunRecord | undefined,
    encode: (frame: Frame) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const key = `${what} ${epoch} ${record?.film?.folder} ${record?.startedAt}`;
    const read = async () => {
      const frame = await this.#readFrame(epoch, record);
      return frame && encode(frame);
    };
    return this.#kept.get(key, read, (text) => text.length);
  }

  async #readFrame(epoch: number, record: RunRecord | undefined): Promise<Frame | undefined> {
    if (record?.film === undefined || epoch > record.weights.last.epoch) return undefined;
    const { film, startedAt } = record;
    const path = join(this.#folder, film.folder);
    return this.#kept.get(`frame ${epoch} ${film.folder} ${startedAt}`, () => this.#inTurn(path, epoch), sizeOf);
  }

  #inTurn(path: string, epoch: number): Promise<Frame | undefined> {
    const reading = this.#lastRead.then(() => readFrame(path, epoch));
    this.#lastRead = reading.catch(() => undefined);
    return reading;
  }
}

function sizeOf({ images }: Frame): number {
  const layers = images.flatMap((image) => image.layers);
  return layers.reduce((sum, { width, height, channels }) => sum + width * height * channels.length, 0);
}
