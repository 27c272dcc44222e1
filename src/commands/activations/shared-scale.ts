// A scale that all images of a call share.

import { captureActivations } from '../../activations/capture.js';
import { CnnvizError } from '../../base/errors.js';
import { measurePlanes } from '../../base/plane.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { GivenRange, Range } from '../../rendering/normalize.js';
import type { EventListener } from '../shared/events.js';
import type { Target } from '../shared/image-results.js';

/**
 * Runs the network on every image for the smallest and the largest value of each layer, so that all pictures of a layer
 * can have one scale. Nothing but these two is kept. Bad images are left out here; whoever shows them reports them.
 *
 * @throws CnnvizError ABORTED
 */
export async function measureSharedScales(
  targets: readonly Target[],
  source: {
    /** @throws CnnvizError BAD_IMAGE */
    forImage(path: string): Promise<{ network: Engine; preprocessing: Preprocessing }>;
    layerNames: string[];
  },
  { onEvent = () => undefined, signal }: { onEvent?: EventListener; signal?: AbortSignal },
): Promise<Map<string, GivenRange>> {
  const ranges = new Map(source.layerNames.map((name): [string, Range] => [name, { min: Infinity, max: -Infinity }]));
  let imageCount = 0;
  for (const [index, { image }] of targets.entries()) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${image}`);
    if (await addImage(image, source, ranges)) imageCount++;
    onEvent({ type: 'image-examined', done: index + 1, total: targets.length });
  }
  const caption = `all channels of ${imageCount} ${imageCount === 1 ? 'image' : 'images'}: one scale`;
  return new Map(
    Array.from(ranges, ([name, { min, max }]) => [
      name,
      min <= max ? { min, max, caption } : { min: 0, max: 0, caption },
    ]),
  );
}

async function addImage(
  image: string,
  { forImage, layerNames }: Parameters<typeof measureSharedScales>[1],
  ranges: Map<string, Range>,
): Promise<boolean> {
  const read = async () => {
    const { network, preprocessing } = await forImage(image);
    return { network, input: toImageFloats(await decodeImage(image, preprocessing), preprocessing) };
  };
  const opened = await read().catch((error: unknown) => {
    if (error instanceof CnnvizError && error.code === 'BAD_IMAGE') return undefined;
    throw error;
  });
  if (opened === undefined) return false;
  for (const { name, planes } of await captureActivations(opened.network, opened.input, layerNames)) {
    const { min, max, nonFiniteCount } = measurePlanes(planes);
    const range = ranges.get(name);
    const valueCount = planes.reduce((sum, { values }) => sum + values.length, 0);
    if (range === undefined || nonFiniteCount === valueCount) continue;
    range.min = Math.min(range.min, min);
    range.max = Math.max(range.max, max);
  }
  return true;
}
