// The images of `predict`: all that are meant, whatever part of them a call looks at.

import { expandImageArguments } from '../shared/image-arguments.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import { OutputStream, type StreamOptions } from '../shared/output-stream.js';
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
export function openPredictStream(
  images: readonly string[],
  imageCount: number,
  network: OpenedNetwork,
  settings: StreamOptions,
): OutputStream {
  const files = images.map((path) => ({ path, classIndex: 0 }));
  return new OutputStream(network, files, { ...settings, ...(imageCount === 1 && { onBadImage: 'fail' }) });
}
