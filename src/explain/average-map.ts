// The average map of other images: what of a map has nothing to do with the image that it explains.

import { blurMap } from './blur.js';
import type { ClassMap, MethodMaps } from './explain-input.js';
import { getMethod, type Method } from './methods.js';

/** A method's average map of a class at a place, over several images. */
export interface AverageMap {
  values: Float32Array;
  imageCount: number;
}

/**
 * The share of a map's squares that lie along the average map, 0..1; 0 where the two are opposed, undefined where one of them is 0
 * everywhere or not finite. Maps of pixels are blurred before.
 *
 *     (sum_ij M_ij A_ij)^2 / (sum_ij M_ij^2 sum_ij A_ij^2)
 *
 * @internal
 */
export function measureAverageShare(
  map: { width: number; height: number; values: Float32Array },
  average: Float32Array,
  of: Method['of'],
): number | undefined {
  const prepare = (values: Float32Array) => (of === 'input' ? blurMap({ ...map, values }).values : values);
  const [own, others] = [prepare(map.values), prepare(average)];
  let [product, squares, averageSquares] = [0, 0, 0];
  for (let index = 0; index < own.length; index++) {
    const [value, mean] = [own[index] as number, others[index] as number];
    product += value * mean;
    squares += value * value;
    averageSquares += mean * mean;
  }
  const share = Math.max(0, product) ** 2 / (squares * averageSquares);
  return Number.isFinite(share) ? Math.min(1, share) : undefined;
}

/** Finds the average map of each class of each method's maps; undefined for one that there is none of. */
export type FindAverages = (mapped: readonly MethodMaps[]) => Promise<(AverageMap | undefined)[][]>;

/**
 * Adds how much of each map the average map explains.
 *
 * @param isTakenOff the average map is taken off as well, where it is known
 */
export async function compareWithAverages(
  mapped: readonly MethodMaps[],
  find: FindAverages,
  isTakenOff: boolean,
): Promise<MethodMaps[]> {
  const averages = await find(mapped);
  return mapped.map(({ method, layer, maps }, at) => {
    const compare = (each: ClassMap, index: number): ClassMap => {
      const average = averages[at]?.[index];
      const share = average && measureAverageShare(each.map, average.values, getMethod(method).of);
      if (average === undefined || share === undefined) return each;
      const less = each.map.values.map((value, place) => value - (average.values[place] as number));
      const about = { share, imageCount: average.imageCount };
      if (!isTakenOff) return { ...each, average: about };
      const { completeness: _, ...rest } = each; // of the whole map
      return { ...rest, map: { ...each.map, values: less }, average: about };
    };
    return { method, layer, maps: maps.map(compare) };
  });
}
