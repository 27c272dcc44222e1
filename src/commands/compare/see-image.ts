// What the layers of a network put out for one image.

import { cutIntoPlanes, type LayerActivation } from '../../activations/capture.js';
import type { Raster } from '../../base/raster.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { classify, givesProbabilities } from '../shared/classify.js';
import { type CheckedPrediction, checkPrediction, readTrueClasses } from '../shared/true-class.js';
import type { Side } from './sides.js';

export interface SeenImage {
  image: string;
  prediction: CheckedPrediction | null;
  /** by name */
  layers: Map<string, LayerActivation>;
}

/** @throws CnnvizError BAD_IMAGE */
export async function seeImage(
  image: string,
  { found, trained }: Side,
  layerNames: readonly string[],
): Promise<SeenImage> {
  const { network, preprocessing } = trained;
  const input = toImageFloats(await decodeImage(image, preprocessing), preprocessing);
  const [outputName = ''] = network.outputNames;
  const all = await network.run(input, 1, [...new Set([...layerNames, outputName])]);
  const layers = new Map(
    all.filter(({ name }) => layerNames.includes(name)).map((layer) => [layer.name, cutIntoPlanes(layer)]),
  );
  const output = all.find(({ name }) => name === outputName);
  if (output === undefined || !givesProbabilities(network)) return { image, prediction: null, layers };
  const trueClass = readTrueClasses([image], found.classNames)(image);
  const prediction = checkPrediction(classify(output.values, found.classNames, network.outputKind), trueClass);
  return { image, prediction, layers };
}

/** Longest side of an image in a picture's head. Pixels. */
const shownSize = 150;

/** The image itself, small. @throws CnnvizError BAD_IMAGE */
export async function showImage(image: string, { trained }: Side): Promise<Raster> {
  return decodePicture(image, shownSize, trained.preprocessing.autoOrient);
}
