// What the pictures of a command say of the network and of the images that they were made from.

import { basename, dirname, resolve } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { MODEL_FILE } from '../../formats/tfjs/model-schema.js';
import { type PictureSource, shortenName } from '../../output/picture-source.js';
import type { LocatedNetwork } from './locate-network.js';
import type { TrainedNetwork } from './network-in-use.js';
import { readOwnVersion } from './versions.js';

/** @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
export async function describeSource(
  { modelPath }: LocatedNetwork,
  { path, epoch }: TrainedNetwork['place'],
): Promise<PictureSource> {
  const { identifyModel } = await import('../../network/identify-model.js');
  return sourceOfNetwork({ path, ...(epoch !== undefined && { epoch }), identity: await identifyModel(modelPath) });
}

/** @param identity as `identifyModel` has it; absent where it is not one saved network that the picture is about */
export function sourceOfNetwork(network: { path: string; epoch?: number; identity?: string }): PictureSource {
  const { path, epoch, identity } = network;
  const name = nameNetwork(resolve(path));
  const words = epoch === undefined ? shortenName(name) : `${shortenName(name)}, epoch ${epoch}`;
  const texts = {
    ...withoutNetwork().texts,
    ...(identity !== undefined && { Model: identity }),
    Network: name,
    ...(epoch !== undefined && { Epoch: String(epoch) }),
  };
  return { words: [words], texts };
}

/** Of pictures that no network had a part in. */
export function withoutNetwork(): PictureSource {
  return { words: [], texts: { Software: `cnnviz ${readOwnVersion()}` } };
}

/** Adds the images that a picture sums up. @param path of their folder */
export function onImages(
  { words, texts }: PictureSource,
  { path, split, imageCount }: { path: string; split: string | null; imageCount: number },
): PictureSource {
  const folder = basename(resolve(path));
  const images = formatAmount(imageCount, split === null ? 'image' : `${split} image`);
  return {
    words: [...words, `${images} of ${shortenName(folder)}`],
    texts: { ...texts, Data: folder, ...(split !== null && { Split: split }), Images: String(imageCount) },
  };
}

/** `model.json` is what every network of TensorFlow.js is called: its folder has the name. */
function nameNetwork(path: string): string {
  return basename(basename(path) === MODEL_FILE ? dirname(path) : path);
}
