import type { ChannelShard } from '../../channels/shard.js';
import { notFinite } from '../shared/not-finite.js';

/**
 * @param last the last of the layers that were measured, with the images of each channel that have values which are not finite
 * @throws CnnvizError BAD_MODEL if it outputs no finite number for any image: nothing can be said about the network
 */
export function requireNumbers(
  { imageCounts, model }: Pick<ChannelShard, 'imageCounts' | 'model'>,
  last: { name: string; nonFiniteCounts: Float64Array } | undefined,
): void {
  const imageCount = imageCounts.reduce((sum, count) => sum + count, 0);
  if (last === undefined || imageCount === 0) return;
  if (!last.nonFiniteCounts.every((count) => count === imageCount)) return;
  throw notFinite(model.path, `layer ${last.name} outputs NaN or infinity on every image`);
}
