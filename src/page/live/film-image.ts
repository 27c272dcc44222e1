// What a network makes of an image of a probe after an epoch, as the page's script knows an image.

import type { CodedChannel } from '../../film/codes.js';
import type { FrameImage } from '../../film/frame.js';
import type { LayerData, PageImageData } from '../image-data.js';
import { toProbabilities } from '../time/encode-frame.js';
import { readFilmInput } from './film-input.js';
import { describeFilmLayer, describeFilmUnits } from './film-layer.js';
import type { FilmPage } from './film-page.js';

/** The image's numbers, and those of each layer that the film keeps: the input first. @param number of the image, from 0 */
export function describeFilmImage(film: FilmPage, { outputs, layers }: FrameImage, number: number): PageImageData {
  const { name, trueClass } = film.images[number] as FilmPage['images'][number];
  const probabilities = toProbabilities(outputs);
  const predicted = film.classNames[probabilities.indexOf(Math.max(...probabilities))];
  return {
    name,
    ...(trueClass !== undefined && { trueClass }),
    probabilities,
    ...(predicted !== undefined && { predicted }),
    layers: [
      readFilmInput(film, number).data,
      ...layers.map(describeFilmLayer),
      ...describeOutputs(film, layers, outputs),
    ],
  };
}

/** The last layer, of which a frame has the values, whether or not it is one of its layers. */
function describeOutputs({ network }: FilmPage, layers: FrameImage['layers'], outputs: readonly number[]): LayerData[] {
  const last = network.at(-1);
  const isKept = layers.some(({ name }) => name === last?.name);
  const isWhole = last?.shape.length === 1 && last.shape[0] === outputs.length;
  return last !== undefined && isWhole && !isKept ? [describeFilmUnits(last.name, outputs)] : [];
}

/**
 * The values of a layer with maps: one byte each, channel by channel.
 *
 * @param layer its place in the image's list of layers; undefined where it has no maps there
 */
export function readFilmCodes(
  film: FilmPage,
  { layers }: FrameImage,
  number: number,
  layer: number,
): Uint8Array | undefined {
  if (layer === 0) return readFilmInput(film, number).codes;
  const found = layers[layer - 1];
  return found?.isMap ? Buffer.concat(found.channels.map(({ codes }: CodedChannel) => codes)) : undefined;
}
