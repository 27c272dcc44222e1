// Which images of a list are in a shard: whole batches, every n-th of them.

import type { Shard } from './shard-set.js';

/** How many images of a list are in a shard: whole batches, and the rest where it ends with the list. */
export function countShardFiles(fileCount: number, { index, count }: Shard, batchSize: number): number {
  const batches = Math.ceil(fileCount / batchSize);
  const own = Math.max(0, Math.ceil((batches - (index - 1)) / count));
  const isLast = own > 0 && (batches - index) % count === 0;
  return own * batchSize - (isLast ? batches * batchSize - fileCount : 0);
}

/** Where in the whole list an image of a shard is. @param place among the shard's images */
export function placeInList(place: number, { index, count }: Shard, batchSize: number): number {
  const batch = Math.floor(place / batchSize);
  return (batch * count + index - 1) * batchSize + (place % batchSize);
}

/** The part of a list that a shard is. */
export function takeShard<T>(list: readonly T[], shard: Shard, batchSize: number): T[] {
  const length = countShardFiles(list.length, shard, batchSize);
  return Array.from({ length }, (_, place) => list[placeInList(place, shard, batchSize)] as T);
}
