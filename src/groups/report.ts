// The types: groups of channels that fire together, the content of groups.json.

import type { Patch, PatchReport, Rectangle } from '../patches/report.js';

/** What `cnnviz groups` found: the content of groups.json. */
export interface GroupReport
  extends Pick<PatchReport, 'versions' | 'backend' | 'model' | 'data' | 'input' | 'classes' | 'count'> {
  format: 'cnnviz-groups';
  formatVersion: number;
  /** of the sample, and of the beginnings */
  seed: number;
  /** in the network's order */
  layers: LayerGroups[];
}

export interface LayerGroups {
  name: string;
  /** Keras's class name */
  kind: string;
  /** with the batch's 1: [1, height, width, channels] */
  shape: number[];
  /** pixels of the input that a cell is computed from, at most; null where it may be all of them */
  field: { height: number; width: number } | null;
  /** the file with the groups, in the results folder */
  sheet: string;
  /** the part of the activity that the groups explain, of all places of all images: 1 - |X - WH|^2 / |X|^2; null where all is 0 */
  share: number | null;
  /** the same on the places that the groups were found on; null where these are all 0 */
  sampleShare: number | null;
  /**
   * the control, comparable with `sampleShare`: what as many groups, looked for in the same way, explain of these places after each
   * channel's values were shuffled, so that channels fire together by chance alone
   */
  shuffledShare: number | null;
  /** the control of `recurrence`: that of each group of the shuffled places, the highest first */
  shuffledRecurrences: number[];
  /** places that the groups were found on, and all there are */
  sampledPlaceCount: number;
  placeCount: number;
  /** images left out because some value was NaN or infinite */
  nonFiniteImageCount: number;
  /** those that explain most first; fewer than were asked for where the layer has no more, none where the sampled places are all 0 */
  groups: ChannelGroup[];
  /** images that the groups are painted on */
  images: GroupedImage[];
}

/** Channels that fire together. */
export interface ChannelGroup {
  /** from 1 */
  number: number;
  /** on the sheet: #rrggbb */
  color: string;
  /** 0..1: how much of what the groups explain it is, by the sum of the values; all groups together are 1 */
  part: number;
  /**
   * 0..1: how much the groups that other beginnings led to are like it; 1 is the same group every time. Groups of chance are found again
   * as well: `shuffledRecurrences`
   */
  recurrence: number;
  /** the class that its mean on an image separates best from the others; null without classes, or where nothing separates them */
  tells: number | null;
  /** how well: the AUC of that class */
  auc: number | null;
  /** images on which it is above 0 somewhere */
  firingImageCount: number;
  /** those with a weight, the largest first; the squares of a group's weights sum up to 1 */
  channels: { channel: number; weight: number }[];
  /** where it is strongest, the strongest first, at most one of an image */
  patches: Patch[];
}

export interface GroupedImage {
  /** within the data folder */
  path: string;
  /** by its folder; null without classes */
  className: string | null;
  /** where the groups are painted on the sheet */
  tile: Rectangle;
}
