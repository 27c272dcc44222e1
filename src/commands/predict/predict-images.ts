// The images of `predict`: all that are meant, whatever part of them a call looks at.

import { ImageSource, type ImageSourceOptions } from '../../dataset/stream/image-source.js';
import { expandImageArguments } from '../shared/image-arguments.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { Overlap } from '../shared/overlap.js';
import { measureOverlap } from '../shared/run-overlap.js';
import { readTrueClasses, type TrueClassOf } from '../shared/true-class.js';
import type { PredictOptions } from './options.js';

export interface PredictImages {
  images: string[];
  found: LocatedNetwork;
  trueClassOf: TrueClassOf;
  /** with the images of the network's run; null if unknown */
  overlap: Overlap | null;
}

/**
 * Lists the images and locates the network that they are shown to.
 *
 * @throws CnnvizError as `expandImageArguments` and `locateNetwork` do
 */
export async function choosePredictImages(settings: PredictOptions): Promise<PredictImages> {
  const images = await expandImageArguments(settings.images, settings);
  const found = await locateNetwork(settings);
  const overlap = await measureOverlap(images, found, undefined, settings);
  if (overlap !== null) settings.onEvent?.({ type: 'overlap', split: null, imageCount: images.length, ...overlap });
  return { images, found, trueClassOf: readTrueClasses(settings.images, found.classNames), overlap };
}

/** @param imageCount of the whole call: the only image of a call must be readable */
export function openPredictSource(
  images: readonly string[],
  imageCount: number,
  { preprocessing }: TrainedNetwork,
  { onBadImage, onDecoded }: Pick<ImageSourceOptions, 'onBadImage' | 'onDecoded'>,
): ImageSource {
  return new ImageSource(
    images.map((path) => ({ path, classIndex: 0 })),
    {
      preprocessing,
      onBadImage: imageCount === 1 ? 'fail' : (onBadImage ?? 'skip'),
      onDecoded,
      cacheBudget: { limit: 0, used: 0 }, // every image is needed once
    },
  );
}
