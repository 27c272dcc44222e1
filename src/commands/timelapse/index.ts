import { join } from 'node:path';
import { selectLayers } from '../../activations/select-layers.js';
import { CnnvizError } from '../../base/errors.js';
import { formatNumber } from '../../base/numbers.js';
import { rasterFromPixels } from '../../base/raster.js';
import type { FrameImage, FrameLayer } from '../../film/frame.js';
import { resolveOptions } from '../../options/resolve.js';
import { shortenName } from '../../output/picture-source.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { classify } from '../shared/classify.js';
import { nameResults } from '../shared/image-arguments.js';
import { writeResults } from '../shared/image-results.js';
import { sourceOfNetwork } from '../shared/picture-source.js';
import { describePrediction } from '../shared/true-class.js';
import { readVersions } from '../shared/versions.js';
import { drawFilmLayer, planFilmLayer } from './draw-film-layer.js';
import { spreadOut } from './film-layer.js';
import { TIMELAPSE_OPTIONS, type TimelapseOptions, type TimelapseSettings } from './options.js';
import { type Film, readFilm } from './read-film.js';
import type { TimelapseEpoch, TimelapseImage, TimelapseLayer, TimelapseResult } from './result.js';

/**
 * Draws how a network's layers learned to see an image: of a run that was trained with `probe`, for each image a folder with an
 * animation of every layer as WebP and as PNG, a film strip of the channels that change most, and a manifest.json. A color
 * means the same value at every epoch.
 *
 * @throws CnnvizError BAD_ARGUMENT, NOT_FOUND, NOT_READABLE, BAD_MODEL (also for a run without a film), NOT_WRITABLE,
 * DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { timelapse, train } from 'cnnviz';
 *
 * const { path } = await train({ data: 'cats_dogs', probe: ['cat.jpg'] });
 * const { images } = await timelapse({ run: path });
 * console.log(images[0]?.files);
 * ```
 */
export async function timelapse(options: TimelapseOptions = {}): Promise<TimelapseResult> {
  const settings: TimelapseSettings = resolveOptions(TIMELAPSE_OPTIONS, options);
  const film = await readFilm(settings.run, settings);
  const names = nameResults(film.images.map(({ name }) => name));
  const { out } = settings;
  const folders = names.map((name) => (names.length === 1 && out !== undefined ? out : join(out ?? 'timelapse', name)));
  for (const folder of folders) await checkResultsFolder(folder);
  const images = [];
  for (const index of film.images.keys()) images.push(await showImage(film, index, folders[index] as string, settings));
  return { run: film.run, images };
}

async function showImage(
  film: Film,
  index: number,
  folder: string,
  settings: TimelapseSettings,
): Promise<TimelapseImage> {
  const { onEvent = () => undefined, layers: _, signal: __, onEvent: ___, ...options } = settings;
  const { name, path, pixels } = film.images[index] as Film['images'][number];
  const frames = await readFrames(film, index, settings);
  const epochs = frames.map(({ epoch, image }) => describeEpoch(film, epoch, image));
  const { words } = sourceOfNetwork({ path: film.run });
  const { texts } = sourceOfNetwork({ path: film.run, epoch: film.record.weights.last.epoch });
  const shared = {
    epochs: epochs.map((epoch) => ({ name: String(epoch.epoch), words: describeWords(epoch, film) })),
    epochCount: film.epochs.length,
    photograph: rasterFromPixels(pixels, film.width, film.height, 3),
    about: ` of ${shortenName(name)} - ${words.join(' - ')}`,
    texts: { ...texts, Image: name },
  };
  const provenance = {
    ...{ format: 'cnnviz-timelapse', formatVersion: 1, versions: readVersions() },
    ...{ run: film.run, image: path, options },
  };
  // Before anything is drawn or written: what is too large is refused.
  const planned = (frames[0]?.image.layers ?? []).map(({ name: layerName }, place) => {
    const position = 1 + film.record.model.layers.findIndex((layer) => layer.name === layerName);
    const ofLayer = frames.map(({ image }) => image.layers[place] as FrameLayer);
    return planFilmLayer({ ...shared, position, frames: ofLayer }, settings);
  });
  const written = await writeResults({ folder }, { provenance, onEvent }, async (results) => {
    const layers: TimelapseLayer[] = [];
    for (const plan of planned) {
      if (settings.signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${plan.name}`);
      const drawn = await drawFilmLayer(plan, settings);
      for (const { name: file, content } of drawn.files) await results.write(file, content);
      layers.push({ ...drawn, files: drawn.files.map((file) => file.name) });
      onEvent({ type: 'picture-drawn', drawn: layers.length, total: planned.length });
    }
    return { epochs, layers, files: layers.flatMap(({ files }) => files) };
  });
  return { image: path, ...written };
}

/** The frames to be shown, of one image and the layers that were chosen. @throws as selectLayers */
async function readFrames(
  { epochs, readFrame }: Film,
  index: number,
  { layers: selection, frames: count }: TimelapseSettings,
): Promise<{ epoch: number; image: FrameImage }[]> {
  const frames = [];
  for (const epoch of spreadOut(epochs, count)) {
    const { outputs, layers } = (await readFrame(epoch)).images[index] as FrameImage;
    const names = selectLayers(layers, selection ?? 'all');
    const wanted = layers.filter(({ name }) => names.includes(name)).map(copyLayer);
    frames.push({ epoch, image: { outputs, layers: wanted } });
  }
  return frames;
}

/** In memory of its own: a part of a frame's bytes would keep all of them, those of other images too. */
function copyLayer({ channels, ...layer }: FrameLayer): FrameLayer {
  return { ...layer, channels: channels.map(({ codes, ...range }) => ({ ...range, codes: new Uint8Array(codes) })) };
}

function describeEpoch({ record }: Film, epoch: number, { outputs }: FrameImage): TimelapseEpoch {
  const validationAccuracy = record.history.val_acc?.[epoch - 1];
  const isWhole = outputs.length > 0 && outputs.every(Number.isFinite);
  return {
    epoch,
    prediction: isWhole ? classify(Float32Array.from(outputs), record.classNames) : null,
    ...(validationAccuracy !== undefined && { validationAccuracy }),
  };
}

/** `epoch 3 of 8, val_acc 0.712: cats 0.8300` */
function describeWords({ epoch, prediction, validationAccuracy }: TimelapseEpoch, { record }: Film): string {
  const when = epoch === 0 ? 'before the training' : `epoch ${epoch} of ${record.weights.last.epoch}`;
  const accuracy = validationAccuracy === undefined ? '' : `, val_acc ${formatNumber(validationAccuracy)}`;
  return `${when}${accuracy}${prediction ? `: ${describePrediction(prediction)}` : ''}`;
}
