// A layer's kernels as pictures and arrays.

import { formatCount } from '../base/counts.js';
import { formatNumber, formatPercent } from '../base/numbers.js';
import type { Raster } from '../base/raster.js';
import { type PlacedKernel, renderRankedKernels } from '../rendering/kernel-pairs.js';
import { renderColorKernels, renderKernelTiles } from '../rendering/kernels.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { encodeNpy } from './npy.js';
import { type PictureSource, sourceSuffix } from './picture-source.js';

/** A layer's kernels, ready to be drawn. */
export interface DrawableKernels {
  name: string;
  /** of the layer in its network, from 1 */
  position: number;
  /** [height, width, input channels, filters] */
  shape: [number, number, number, number];
  values: Float32Array;
}

/** Which kernels of a layer are drawn, the most important first, and numbers of all. */
export interface DrawableRanking {
  by: 'change' | 'length';
  kernelCount: number;
  median: number;
  largest: number;
  typicalLength?: number;
  kernels: readonly (PlacedKernel & { value: number })[];
  /** in the shape of the layer's */
  initial?: Float32Array;
}

/**
 * Every file of a layer's kernels: in color where the layer sees red, green and blue, as tiles, the numbers.
 *
 * @param ranking of a layer that does not see the image itself: only its kernels are drawn
 */
export function drawKernels(
  layer: DrawableKernels,
  ranking: DrawableRanking | undefined,
  { npy, source }: { npy: boolean; source: PictureSource },
): ResultFile[] {
  const { name, position, shape, values } = layer;
  const base = `${fileBase(name, position)}-kernels`;
  const about = sourceSuffix(source);
  const picture = { title: name, about, shape, values };
  const tiles = ranking === undefined ? renderKernelTiles(picture) : drawRanking(layer, ranking, about);
  const encode = (raster: Raster) => encodePng(raster, { ...source.texts, Layer: name });
  const files = [{ name: `${base}.png`, content: encode(tiles) }];
  if (ranking === undefined && shape[2] === 3) {
    files.push({ name: `${base}-color.png`, content: encode(renderColorKernels(picture)) });
  }
  if (npy) files.push({ name: `${base}.npy`, content: encodeNpy(shape, values) });
  return files;
}

function drawRanking({ name, shape, values }: DrawableKernels, ranking: DrawableRanking, about: string): Raster {
  const { by, kernelCount, median, largest, typicalLength, kernels, initial } = ranking;
  const format = by === 'change' ? formatPercent : formatNumber;
  const which = by === 'change' ? 'changed most' : 'are largest';
  const isAll = kernels.length === kernelCount;
  const numbers = `median ${format(median)}, largest ${format(largest)}`;
  const all = `Of all ${formatCount(kernelCount)} kernels: ${numbers}.`;
  return renderRankedKernels({
    title: isAll
      ? `${name}, kernels, those that ${which} first${about}`
      : `${name}, the ${kernels.length} of ${formatCount(kernelCount)} kernels that ${which}${about}`,
    ...{ shape, values },
    ...(initial && { initial }),
    kernels: kernels.map(({ inputChannel, filter, value }) => ({
      inputChannel,
      filter,
      caption: `${inputChannel} \u2192 ${filter}: ${format(value)}`,
    })),
    sentences: [
      'Below each kernel: input channel \u2192 filter, and ' +
        (by === 'change'
          ? `its distance from its start, in percent of the length of an initial kernel (${formatNumber(typicalLength ?? 0)}). ${all}`
          : `its length, the root of its sum of squares. ${all} The initial kernels are not known, so none can be compared with its start.`),
    ],
  });
}
