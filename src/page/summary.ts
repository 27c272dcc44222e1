import type { CellPlaces } from '../base/cell-places.js';
import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { ChannelReport } from '../channels/report.js';

// Everything that a report says, as plain data: what it looks like is the business of html/.

/** What is the same for all images of a report. */
export interface ReportSummary {
  model: ModelSummary;
  /** null for a model that is not part of a run */
  training: TrainingSummary | null;
  /** what the channels do on a folder of images, where that was examined */
  channelReport?: ChannelReport;
  /** what computed and drew this: names and versions */
  versions: readonly NamedValue[];
}

export interface ModelSummary {
  name: string;
  parameterCount: number;
  /** such as "best weights, epoch 8" */
  weights?: string;
}

export interface TrainingSummary {
  /** one number an epoch, null where there was none; accuracies 0..1 */
  curves: {
    trainingLoss: readonly (number | null)[];
    trainingAccuracy: readonly (number | null)[];
    validationLoss?: readonly (number | null)[];
    validationAccuracy?: readonly (number | null)[];
    /** from 1 */
    bestEpoch?: number;
  };
  /** classes, images, options: in the order in which they are shown */
  facts: readonly NamedValue[];
}

export interface NamedValue {
  name: string;
  value: string;
}

export interface ImageSummary {
  /** the file's name */
  name: string;
  /** pixels, of the file */
  width: number;
  height: number;
  /** JPEG, perhaps smaller than the file's picture */
  photograph: Uint8Array;
  /** the probability of each class, 0..1; empty if the network does not output class scores */
  classes: readonly { className: string; probability: number }[];
  /** the class that the image's folder is named after, where it is */
  trueClass?: string;
  evidence: EvidenceSummary | { problem: string };
  layers: readonly LayerSummary[];
  /** the class whose score the channels' contributions add to, where they are known */
  contributionTo?: string;
}

/** Where the evidence for some classes lies. */
export interface EvidenceSummary {
  /** HiResCAM */
  title: string;
  layerName: string;
  /** where the cells of the maps lie on the image, and that in words */
  cells: CellPlaces;
  cellsSentence: string;
  /** interpolate between the cells' middles */
  smooth: boolean;
  maps: readonly ClassMapSummary[];
  /** what has to be said of all maps */
  caution?: string;
}

export interface ClassMapSummary {
  className: string;
  /** 0..1 */
  probability: number;
  /** before sigmoid or softmax */
  score: number;
  /** all maps of an image are shown on one scale */
  shown: Plane;
  /** what has to be said besides the picture */
  sentence?: string;
  isPredicted: boolean;
  /** what the class is to the image, in words, if anything */
  role?: string;
}

export interface LayerSummary {
  name: string;
  /** Keras's class name */
  kind: string;
  /** [1, height, width, channels], or [1, units] of a layer without height and width */
  shape: readonly number[];
  parameterCount: number;
  /** the layer in words */
  caption: string;
  /** of a Flatten: the shape of the maps that its units come from */
  flattened: readonly number[] | null;
  /** one a channel; a layer without height and width has one of a single row, with all its units */
  channels: readonly ChannelSummary[];
  /** of all of them together */
  overall: PlaneStatistics;
}

export interface ChannelSummary {
  plane: Plane;
  statistics: PlaneStatistics;
  /** gradient times activation, summed: to the score of the predicted class, where it is known */
  contribution?: number;
  /** in words */
  caption: string;
  /** what it does on a folder of images, in words, where that was examined */
  overImages?: string;
}
