// Cuts parts out of images, each image decoded once.

import { join } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { Raster } from '../../base/raster.js';
import { cutPatch } from '../../dataset/decode/cut-patch.js';
import { lookAtPhotograph } from '../../dataset/decode/decode.js';
import { type Box, seenBox } from '../../dataset/decode/fit.js';
import type { RgbPixels } from '../../dataset/decode/pixels.js';
import { clip } from '../../patches/build-report.js';
import type { ImagePlace, Rectangle } from '../../patches/report.js';
import type { PatchShard } from '../../patches/shard.js';
import type { WorkflowOptions } from '../shared/events.js';

/** A part of an image, and where its picture goes. */
export interface Cut {
  /** of the network's input, as if that went on beyond its borders */
  box: Rectangle;
  /** of the picture's longest side, pixels */
  size: number;
  /** @param place of the part on the image */
  take: (picture: Raster, place: ImagePlace) => void;
}

/** Which images parts are cut from, and how those became the network's input. */
export interface CutSource extends WorkflowOptions {
  whole: Pick<PatchShard, 'preprocessing' | 'files'>;
  /** of the data folder */
  root: string;
}

/** Images that are decoded at the same time. */
const decodedAtOnce = 8;

/**
 * @param cuts by paths within the data folder
 * @param progress of the whole call
 * @throws CnnvizError BAD_IMAGE for an image that is gone or another one by now, ABORTED
 */
export async function cutPatches(
  { root, whole, signal, onEvent }: CutSource,
  cuts: ReadonlyMap<string, readonly Cut[]>,
  progress: { drawn: number; total: number },
): Promise<void> {
  const byteCounts = new Map(Object.values(whole.files).map(({ path, byteCount }) => [path, byteCount]));
  const waiting = [...cuts];
  while (waiting.length > 0) {
    if (signal?.aborted)
      throw new CnnvizError('ABORTED', `stopped after ${progress.drawn} of ${progress.total} images`);
    const together = waiting.splice(0, decodedAtOnce);
    await Promise.all(
      together.map(([path, ofImage]) =>
        lookAtPhotograph(join(root, path), whole.preprocessing.autoOrient, (image, { bytes }) => {
          requireSize(join(root, path), bytes.length, byteCounts.get(path) as number);
          for (const cut of ofImage) takePart(image, whole, cut);
        }),
      ),
    );
    progress.drawn += together.length;
    onEvent?.({ type: 'picture-drawn', ...progress });
  }
}

/** Another image under the same name was not measured. @throws CnnvizError BAD_IMAGE */
function requireSize(path: string, size: number, measured: number): void {
  if (size === measured) return;
  const [found, expected] = [size, measured].map((bytes) => formatAmount(bytes, 'byte'));
  throw new CnnvizError(
    'BAD_IMAGE',
    `${path}: another file than the one that was measured: ${found}, not ${expected}`,
    {
      hint: 'Put the measured images back, or run the command again.',
    },
  );
}

function takePart(image: RgbPixels, { preprocessing }: CutSource['whole'], { box, size, take }: Cut): void {
  const seen = seenBox(image, preprocessing);
  const [across, down] = [seen.width / preprocessing.width, seen.height / preprocessing.height];
  const onImage: Box = {
    left: seen.left + box.left * across,
    top: seen.top + box.top * down,
    width: box.width * across,
    height: box.height * down,
  };
  const scale = size / Math.max(onImage.width, onImage.height);
  const [width, height] = [onImage.width, onImage.height].map((side) => Math.max(1, Math.round(side * scale)));
  const picture = cutPatch(image, onImage, { width: width as number, height: height as number });
  const { width: imageWidth, height: imageHeight } = image;
  take(picture, { ...clip(onImage, image), imageWidth, imageHeight });
}
