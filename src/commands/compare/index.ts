import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { expandImageArguments, isFolder } from '../shared/image-arguments.js';
import { compareImages, compareOnImage } from './compare-maps.js';
import { compareOnFolder } from './compare-networks.js';
import { COMPARE_OPTIONS, type CompareOptions, type CompareSettings } from './options.js';
import type { MapComparison, NetworkComparison } from './result.js';
import { areImages } from './sides.js';

/**
 * Compares two images on one network, or two networks on an image or a folder of images. Of an image: the layers of the same
 * name and shape, channel by channel, on a common scale and with their difference. Of a folder, in one pass whose memory does
 * not grow with the images: linear CKA of every layer with every layer, the channels of one network paired with those of the other
 * that do the same, and the images of which the two say something else. Networks get each image as each of them wants it.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL (also for networks without a layer in common, on
 * an image), BAD_DATASET, BAD_IMAGE, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { compare } from 'cnnviz';
 *
 * const compared = await compare({ a: 'runs/first@1', b: 'runs/second', on: 'cats_dogs' });
 * if (compared.kind === 'networks-on-folder') console.log(compared.cka.values, compared.judgements?.sameCount);
 * ```
 */
export async function compare(options: CompareOptions): Promise<MapComparison | NetworkComparison> {
  const settings: CompareSettings = resolveOptions(COMPARE_OPTIONS, options);
  const { out, on = '' } = settings;
  await checkResultsFolder(out);
  if (await areImages(settings)) {
    await expandImageArguments([settings.a, settings.b], settings);
    return compareImages(settings);
  }
  if (await isFolder(on)) return compareOnFolder(on, settings);
  const [image = on] = await expandImageArguments([on], settings);
  return compareOnImage(image, settings);
}
