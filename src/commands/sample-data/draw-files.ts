// The files of one picture of the sample set.

import { encodeIndexedPng } from '../../rendering/indexed-png.js';
import { encodePng } from '../../rendering/png.js';
import type { PictureMask } from '../../sample/close-gaps.js';
import { drawMasks } from '../../sample/draw-masks.js';
import { drawPicture, drawTwin } from '../../sample/draw-picture.js';
import { readSampleParameters } from '../../sample/parameters.js';
import type { PictureKey } from '../../sample/scene.js';
import type { SampleSet } from './options.js';

const { palette } = readSampleParameters();

/** The picture, and what else is asked for: each with the folder of its kind within the set. */
export function drawFiles(
  key: PictureKey,
  { imageSize, masks, twins }: SampleSet,
): [folder: string, file: Uint8Array][] {
  const files: [string, Uint8Array][] = [['', encodePng(drawPicture(key, palette, imageSize))]];
  const twin = twins ? drawTwin(key, palette, imageSize) : undefined;
  if (twin) files.push(['twins', encodePng(twin)]);
  const parts = Object.entries(masks ? drawMasks(key, palette, imageSize) : {});
  return [...files, ...parts.map(([part, mask]): [string, Uint8Array] => [`masks/${part}`, encodeMask(mask)])];
}

const grays = Array.from({ length: 256 }, (_, value) => [value, value, value] as const);

function encodeMask({ width, height, values }: PictureMask): Uint8Array {
  return encodeIndexedPng({ width, height, indexes: values, palette: grays });
}
