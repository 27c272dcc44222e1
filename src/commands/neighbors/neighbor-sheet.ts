// An image and those most alike as a contact sheet.

import { basename } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import type { PictureSource } from '../../output/picture-source.js';
import { renderContactSheet, SHEET_CELL } from '../../rendering/contact-sheet.js';
import { encodePng } from '../../rendering/png.js';
import { describeUnlikeness } from '../../resemblance/training-profile.js';
import { describePrediction } from '../shared/true-class.js';
import type { ImageNeighbors } from './result.js';

/** @param autoOrient rotate images as for the network @throws CnnvizError BAD_IMAGE for an image that is gone */
export async function drawNeighbors(
  { image, prediction, unlike, neighbors }: Omit<ImageNeighbors, 'files'>,
  { words, texts }: PictureSource,
  autoOrient: boolean,
): Promise<Uint8Array> {
  const draw = (path: string) => decodePicture(path, SHEET_CELL, autoOrient);
  const { trueClass } = prediction;
  const own = trueClass === undefined ? 'this image' : `this image, in ${trueClass}/`;
  const entries = [
    { picture: await draw(image), lines: [`predicted ${describePrediction(prediction)}`, own, basename(image)] },
  ];
  for (const { path, className, similarity } of neighbors) {
    const lines = [className, `similarity ${similarity.toFixed(3)}`, basename(path)];
    entries.push({ picture: await draw(path), lines });
  }
  const warning = unlike && describeUnlikeness(unlike);
  const sheet = renderContactSheet({
    title: `${formatAmount(neighbors.length, 'image')} that the network finds most like ${basename(image)}`,
    subtitle: [...(warning === undefined ? [] : [warning]), ...words].join(' - '),
    entries,
  });
  return encodePng(sheet, { ...texts, Image: basename(image) });
}
