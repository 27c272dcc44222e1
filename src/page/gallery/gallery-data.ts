// What the page holds of every image, as JSON in it. Shared with client/ by type alone.

import type { CellPlaces } from '../../base/cell-places.js';

/** Of all images. */
export interface GalleryData {
  /** index = class index */
  classNames: readonly string[];
  /** the sizes that maps have; one, unless the network takes images of any size */
  shapes: readonly MapShape[];
  /** all maps are shown on one scale, from -limit to limit */
  limit: number;
  /** in the order in which they were named; their pictures lie in the list that is shown without a script */
  entries: readonly EntryData[];
}

export interface MapShape {
  width: number;
  height: number;
  /** where the cells lie on an image */
  cells: CellPlaces;
}

/** Of one image. */
export interface EntryData {
  name: string;
  /** class index */
  predicted: number;
  /** the class that the image's folder is named after, where it is */
  truth?: number;
  /** the most probable classes, the first one first, and that of the folder */
  probabilities: readonly (readonly [classIndex: number, probability: number])[];
  /** evidence for the predicted class; absent where the network has none to show */
  map?: EntryMap;
  /** its number among the images that are shown in full, from 1 */
  full?: number;
  /** places of the entries that the network finds most alike, the most alike first */
  neighbors?: readonly number[];
}

/** Evidence for and against a class in few bytes. */
export interface EntryMap {
  /** place in `shapes` */
  shape: number;
  /** what 127 and -127 stand for */
  limit: number;
  /** base 64 of int8, row by row */
  values: string;
  /** the cell with the most evidence for the class: column, row */
  strongest: readonly [x: number, y: number];
}
