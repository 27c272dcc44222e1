import { basename } from 'node:path';
import { rasterFromPixels } from '../../base/raster.js';
import { transformImage } from '../../dataset/augment/augment.js';
import { type Augmentation, describeOddRange } from '../../dataset/augment/augmentation.js';
import { drawTransform, type ImageTransform } from '../../dataset/augment/image-transform.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { encodePng } from '../../rendering/png.js';
import { writeResults } from '../shared/image-results.js';
import { withoutNetwork } from '../shared/picture-source.js';
import { readVersions } from '../shared/versions.js';
import { type AugmentedPicture, drawAugmentSheet } from './augment-sheet.js';
import { type AugmentOptions, resolveAugmentOptions } from './options.js';

export interface AugmentResult {
  folder: string;
  image: string;
  augmentation: Augmentation;
  /** in the order of the sheet, after the original; pass: from 1 */
  pictures: ({ pass: number } & ImageTransform)[];
  /** every file in the folder */
  files: string[];
}

/**
 * Draws a sheet of what training with augmentation sees of an image, pass after pass: its first image, to be exact, since
 * every image is changed differently. A manifest.json lists what was done.
 *
 * @throws CnnvizError BAD_ARGUMENT, BAD_IMAGE, NOT_WRITABLE, DISK_FULL
 *
 * @example
 * ```ts
 * import { augment } from 'cnnviz';
 *
 * const { pictures } = await augment({ image: 'cat.jpg', rotationRange: 40, horizontalFlip: true });
 * ```
 */
export async function augment(options: AugmentOptions): Promise<AugmentResult> {
  const settings = resolveAugmentOptions(options);
  const { image, out, augmentation, seed, imageSize, interpolation, autoOrient, count } = settings;
  const { onEvent = () => undefined } = options;
  await checkResultsFolder(out);
  const odd = describeOddRange(augmentation);
  if (odd !== undefined) onEvent({ type: 'warning', message: odd });
  const size = { width: imageSize, height: imageSize };
  const preprocessing = { ...size, interpolation, autoOrient, rescale: 1 };
  const pixels = await decodeImage(image, preprocessing);
  const augmented: AugmentedPicture[] = Array.from({ length: count }, (_, pass) => {
    const transform = drawTransform(augmentation, size, { seed, pass, fileIndex: 0 });
    const values = new Float32Array(pixels.length);
    transformImage(pixels, transform, augmentation.fillMode, preprocessing, values);
    return { picture: rasterFromPixels(values, imageSize, imageSize, 3), pass: pass + 1, transform };
  });
  const original = rasterFromPixels(pixels, imageSize, imageSize, 3);
  const sheet = drawAugmentSheet(basename(image), original, augmented, settings);
  const provenance = {
    format: 'cnnviz-augment',
    formatVersion: 1,
    versions: readVersions(),
    options: { seed, imageSize, interpolation, autoOrient },
  };
  return writeResults({ folder: out, image }, { provenance, onEvent }, async (folder) => {
    await folder.write(
      'augmented.png',
      encodePng(sheet, { ...withoutNetwork().texts, Image: basename(image), Seed: String(seed) }),
    );
    const pictures = augmented.map(({ pass, transform }) => ({ pass, ...transform }));
    return { augmentation, pictures, files: ['augmented.png'] };
  });
}
