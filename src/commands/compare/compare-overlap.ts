// How the images that two networks are compared on overlap with those that each was trained on.

import type { ChannelImages } from '../channels/channel-images.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { Overlap } from '../shared/overlap.js';
import { measureOverlap } from '../shared/run-overlap.js';
import type { CompareSettings } from './options.js';

/** With the images of the two networks' runs; null where that is not known. */
export interface BothOverlaps {
  a: Overlap | null;
  b: Overlap | null;
}

/** Measures both, and reports them. @param images as the first network's run divides them @throws CnnvizError ABORTED */
export async function announceOverlaps(
  { files, root, split, places, overlap: a }: ChannelImages,
  [, foundB]: readonly [LocatedNetwork, LocatedNetwork],
  settings: CompareSettings,
): Promise<BothOverlaps> {
  const { onEvent = () => undefined } = settings;
  const paths = files.map(({ path }) => path);
  const b = await measureOverlap(paths, foundB, root, settings);
  const common = { type: 'overlap', split, imageCount: files.length } as const;
  if (a !== null) onEvent({ ...common, ...a, network: settings.a });
  if (b !== null) onEvent({ ...common, ...b, network: settings.b });
  const isSame = a?.trainedOn === b?.trainedOn && a?.heldOut === b?.heldOut;
  if (a !== null && !isSame && isDividedByRun(split, a, places)) {
    const message = `the ${split} images are those of ${settings.a}: the folder itself is not divided that way, and for ${settings.b} they may be others`;
    onEvent({ type: 'note', message });
  }
  return { a, b };
}

/** Whether the part was found by the list of a run, not by the folder. */
function isDividedByRun(
  split: ChannelImages['split'],
  { trainedOn, heldOut }: Overlap,
  places: ChannelImages['places'],
): boolean {
  if (split === null || split === 'test') return false;
  return split === 'unseen' || (places.validation === undefined && trainedOn + heldOut > 0);
}
