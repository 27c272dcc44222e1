// What a page's script knows of one image, as JSON in its part of the page. Shared with client/ by type alone.

import type { CellPlaces } from '../base/cell-places.js';

/** Of one image that is shown in full. */
export interface PageImageData {
  /** the file's name */
  name: string;
  /** the class that its folder is named after, where it is */
  trueClass?: string;
  /** one a class, 0..1; empty where the network does not output class scores */
  probabilities: readonly number[];
  /** the class with the largest probability */
  predicted?: string;
  /** the class whose score the contributions add to */
  contributionTo?: string;
  /** those whose values the page has, the input first */
  layers: readonly LayerData[];
}

/** One layer on one image. Lists have one number a channel. */
export interface LayerData {
  name: string;
  /** of one map; of a layer without height and width its units and 1 */
  width: number;
  height: number;
  /** maps a row of the layer's picture */
  columns: number;
  /** from the lowest to the highest value of each channel; none where the maps are computed from another layer's */
  steps: readonly number[];
  /** in words */
  caption: string;
  min: readonly number[];
  max: readonly number[];
  mean: readonly number[];
  standardDeviation: readonly number[];
  /** 0..1, of all values: those that are exactly 0 */
  zeroFraction: readonly number[];
  /** 0..1, of all values: those above 0 */
  firingFraction: readonly number[];
  /** gradient times activation, summed: to the score of the class in `contributionTo`, where it is known */
  contribution?: readonly number[];
  /** of channels with NaN or infinities: how many values have a number, and how many have none, in turn */
  nonFinite?: Readonly<Record<number, readonly number[]>>;
  /** of all channels together */
  overall: { min: number; max: number };
  /** numbers are those of values in steps: what may be 0 counts as 0, and not as firing */
  isRounded?: boolean;
  /** the values of a layer without height and width; null where there is no number */
  units?: readonly (number | null)[];
  /** the classes whose probabilities the units are: all, or the second where one unit is enough for two */
  probabilityOf?: readonly string[];
}

/** Of the maps of one image's evidence. */
export interface EvidenceData {
  /** the ends of the scale are -limit and limit */
  limit: number;
  hasNegative: boolean;
  /** where the cells of the maps lie on the image */
  cells: CellPlaces;
  /** interpolate between the cells' middles */
  smooth: boolean;
  /** values: row by row; null where there is no number */
  maps: readonly { width: number; height: number; values: readonly (number | null)[] }[];
}
