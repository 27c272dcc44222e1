// The types: which patches of images the channels of a network respond to most, the content of patches.json.

import type { ChannelReport, ReportedClass } from '../channels/report.js';

/** What `cnnviz patches` found: the content of patches.json. Rectangles are in pixels, their edges not always whole ones. */
export interface PatchReport extends Pick<ChannelReport, 'versions' | 'backend' | 'model' | 'data'> {
  format: 'cnnviz-patches';
  formatVersion: number;
  /** the input that images were resized to, and how */
  input: { height: number; width: number; interpolation: 'nearest' | 'bilinear' | 'lanczos3' };
  /** sorted by name; empty for a folder without class folders */
  classes: ReportedClass[];
  /** patches of each channel, at most */
  count: number;
  /** in the network's order */
  layers: LayerPatches[];
}

export interface LayerPatches {
  name: string;
  /** Keras's class name */
  kind: string;
  /** with the batch's 1: [1, height, width, channels], or [1, units] */
  shape: number[];
  /** pixels of the input that a cell is computed from, at most; null where it may be all of them */
  field: { height: number; width: number } | null;
  /** the files with the patches, in the results folder; none where no channel is shown */
  sheets: string[];
  /** those that separate the classes best first; without classes, those with the largest values */
  channels: ChannelPatches[];
}

export interface ChannelPatches {
  /** its number in the layer, from 0 */
  channel: number;
  /** the class that the channel's mean on an image separates best from the others, as in channels.json */
  tells: number | null;
  /** how well: the AUC of that class; null without classes, or where nothing separates them */
  auc: number | null;
  /** images on which some value of the channel is above 0 */
  firingImageCount: number;
  /** images on which it reaches the highest of its values: many where its activation has an upper end, as ReLU6 and sigmoid have */
  highestImageCount: number;
  /** images left out because some value of this channel was NaN or infinite */
  nonFiniteImageCount: number;
  /** the one of the layer's sheets that the channel is on; null for a channel that is not drawn */
  sheet: string | null;
  /**
   * the strongest first, of equals the one with the larger mean of the channel, then the first in the folder; at most one of an
   * image, and none where the channel does not fire
   */
  patches: Patch[];
}

/** What one cell sees of one image, where a channel has its largest value on it. */
export interface Patch {
  /** within the data folder */
  path: string;
  /** by its folder; null without classes */
  className: string | null;
  value: number;
  /** of the maps, from 0; null for a layer without maps */
  cell: { row: number; column: number } | null;
  /** what the cell sees of the network's input */
  seen: Rectangle;
  /** the same on the image, upright as the network got it; null for a channel that is not on the sheet */
  image: ImagePlace | null;
  /** where it is on the channel's sheet; null for a channel that is not drawn */
  tile: Rectangle | null;
}

/** A rectangle of an image, which ends at the image's borders. */
export interface ImagePlace extends Rectangle {
  /** of the whole image */
  imageWidth: number;
  imageHeight: number;
}

export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}
