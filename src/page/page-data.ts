// What a page's script knows, as JSON in the page. Shared with client/ by type alone.

import type { CellPlaces } from '../base/cell-places.js';

/** Of the whole page. */
export interface PageData {
  /** 256 colors each, rrggbb one after the other */
  ramps: { viridis: string; coolwarm: string };
  /** the two colors that are checkered where there is no number, rrggbb each */
  nonValue: readonly [string, string];
}

/** Of one layer; its numbers are the indexes in the picture beside it. */
export interface LayerData {
  /** of one map */
  width: number;
  height: number;
  /** maps a row of the picture */
  columns: number;
  /** whether the maps are channels: else there is one, of all units */
  hasChannels: boolean;
  /** units in a row, where there are no channels */
  unitsARow: number;
  channels: readonly ChannelData[];
  /** of all channels together */
  min: number;
  max: number;
}

export interface ChannelData {
  min: number;
  max: number;
  mean: number;
  standardDeviation: number;
  /** 0..1 */
  zeroFraction: number;
  /** gradient times activation, summed: to the score of the predicted class */
  contribution?: number;
  /** in words */
  caption: string;
  /** what it does on a folder of images, in words */
  overImages?: string;
  /** where there are no numbers, in turn: how many values to skip, how many are not finite */
  nonFinite?: readonly number[];
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
