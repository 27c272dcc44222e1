// A layer's kernels as pictures and arrays.

import { renderColorKernels, renderKernelTiles } from '../rendering/kernels.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { encodeNpy } from './npy.js';

/** A layer's kernels, ready to be drawn. */
export interface DrawableKernels {
  name: string;
  /** of the layer in its network, from 1 */
  position: number;
  /** [height, width, input channels, filters] */
  shape: [number, number, number, number];
  values: Float32Array;
}

/** Every file of a layer's kernels: in color where the layer sees red, green and blue, as tiles, the numbers. */
export function drawKernels({ name, position, shape, values }: DrawableKernels, npy: boolean): ResultFile[] {
  const base = `${fileBase(name, position)}-kernels`;
  const picture = { title: name, shape, values };
  const files = [{ name: `${base}.png`, content: encodePng(renderKernelTiles(picture)) }];
  if (shape[2] === 3) files.push({ name: `${base}-color.png`, content: encodePng(renderColorKernels(picture)) });
  if (npy) files.push({ name: `${base}.npy`, content: encodeNpy(shape, values) });
  return files;
}
