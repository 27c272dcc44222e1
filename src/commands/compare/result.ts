// What `compare` returns.

import type { BadFile } from '../../dataset/stream/batch.js';
import type { ChannelPartner } from '../../similarity/match-channels.js';
import type { Overlap } from '../shared/overlap.js';
import type { SplitChoice } from '../shared/split-parts.js';
import type { CheckedPrediction } from '../shared/true-class.js';

/** Two images on one network, or two networks on one image: channel by channel. */
export interface MapComparison {
  kind: 'images' | 'networks';
  folder: string;
  a: ComparedSide;
  b: ComparedSide;
  /** of layers of the same name and shape */
  layers: ComparedLayer[];
  /** layers of the first one that the second has no counterpart of */
  unmatched: string[];
  /** every file in the folder */
  files: string[];
}

/** One of the two. */
export interface ComparedSide {
  /** the run's folder, absolute, or the model file */
  network: string;
  /** whole ones done, of a run */
  epoch?: number;
  image: string;
  /** null if the network's last layer does not output class scores */
  prediction: CheckedPrediction | null;
}

export interface ComparedLayer {
  name: string;
  /** between all values of the two, -1..1; null where one of them is 0 everywhere */
  cosine: number | null;
  /** in their order */
  channels: ComparedChannel[];
  files: string[];
}

/** A channel in the one and in the other. */
export interface ComparedChannel {
  /** in its layer, from 0 */
  channel: number;
  /** in the other's; the same number where they were not matched */
  partner: number;
  /** over the places where both are finite, like all that follows; null where there is none */
  meanA: number | null;
  meanB: number | null;
  /** root mean square of the differences of their values */
  difference: number | null;
  /** of the two maps, place by place, -1..1; null where one is the same everywhere */
  correlation: number | null;
}

/** Two networks on a folder of images. */
export interface NetworkComparison {
  kind: 'networks-on-folder';
  folder: string;
  a: ComparedNetwork;
  b: ComparedNetwork;
  /** the part of the folder that was used; null: all of it */
  split: SplitChoice | null;
  imageCount: number;
  cka: CkaResult;
  matches: LayerMatch[];
  /** null where the two do not give probabilities of the same classes, one of them for each image */
  judgements: Judgements | null;
  badImages: BadFile[];
  /** every file in the folder */
  files: string[];
}

export interface ComparedNetwork {
  network: string;
  epoch?: number;
  /** of the images with those of this network's run; null if unknown */
  overlap: Overlap | null;
  /** that were compared */
  layers: string[];
}

/** Linear CKA of every layer with every layer. */
export interface CkaResult {
  /** images in batches of at least 4 */
  imageCount: number;
  /** images of a batch: fewer than asked for where layers are large */
  batchSize: number;
  /** a row for each layer of the first network; null where a layer puts out the same for all images */
  values: (number | null)[][];
}

/** The channels of a layer that both networks have. */
export interface LayerMatch {
  name: string;
  /** by what channels were correlated: all places of all images, or, where maps differ in size, each image's mean */
  by: 'places' | 'means';
  /** for each channel of the first network the most correlated one of the second */
  best: ChannelPartner[];
  /** one to one; null for a layer of too many channels */
  pairs: ChannelPartner[] | null;
  /** of the correlations of the channels that have a one-to-one partner, or any where `pairs` is null; null where none has one */
  medianBest: number | null;
  medianPairs: number | null;
}

/** What two networks say of images. */
export interface Judgements {
  /** images for which both name the same class */
  sameCount: number;
  imageCount: number;
  /** by the images' folders, where these are classes; which of the two is right */
  right?: { both: number; onlyA: number; onlyB: number; neither: number };
  /** those that differ most, the most first */
  images: JudgedImage[];
}

export interface JudgedImage {
  path: string;
  /** half the sum of the differences between the probabilities of the classes: 0..1 */
  difference: number;
  a: CheckedPrediction;
  b: CheckedPrediction;
}
