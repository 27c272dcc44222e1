// Which images of a page the network finds alike.

import { NearestImages, type Query } from '../../resemblance/nearest.js';

const neighborCount = 4;

/** Multiplications that a page is worth, about two seconds: a thousand images by 512 features. */
const affordable = 1e9;

/**
 * The most alike others of each image, in the features that the network decides by, each weighted by what it adds to the
 * score of the image's predicted class. Undefined where there are too many to compare each with each.
 *
 * @param queries of each image; those without features have no neighbors
 */
export function findNeighbors(queries: readonly Query[]): number[][] | undefined {
  const length = Math.max(0, ...queries.map(({ features }) => features.length));
  if (length === 0 || queries.length ** 2 * length > affordable) return undefined;
  const nearest = new NearestImages(queries, neighborCount);
  for (const [index, { features }] of queries.entries()) {
    nearest.add(index, features, (query) => query === index || queries[query]?.features.length !== features.length);
  }
  return nearest.matches.map((matches) => matches.map(({ index }) => index));
}
