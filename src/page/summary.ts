import type { CellPlaces } from '../base/cell-places.js';
import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { ChannelReport } from '../channels/report.js';
import type { ComputedLayer } from './computations.js';
import type { NetworkLayerData } from './page-data.js';
import type { PicturesData } from './pictures-data.js';
import type { ScoreSummary } from './score/summary.js';
import type { TimeSummary } from './time/time-data.js';

// Everything that a report says, as plain data: how it looks is decided by who renders it.

/** What is the same for all images of a report. */
export interface ReportSummary {
  model: ModelSummary;
  /** index = class index; empty where they are not known */
  classNames: readonly string[];
  /** how an image becomes the network's input; pixels */
  preprocessing: { height: number; width: number; fit: 'stretch' | 'crop' | 'pad'; order: 'rgb' | 'bgr' };
  /** the input first, then every layer in the network's order */
  network: readonly NetworkLayerData[];
  /** null for a model that is not part of a run */
  training: TrainingSummary | null;
  /** what the channels do on a folder of images, where that was examined */
  channelReport?: ChannelReport;
  /** the training epoch by epoch, of a run with a film */
  time?: TimeSummary;
  /** how the layers are computed, with their weights */
  computations: readonly ComputedLayer[];
  /** patches and dreams of channels */
  pictures: PicturesData;
  /** the other network, where two are compared on the same images */
  against?: Pick<ReportSummary, 'model' | 'classNames' | 'network'>;
  /** of frames of a film, which know no more than values */
  isFilm?: boolean;
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
  /** classes, images: in the order in which they are shown */
  facts: readonly NamedValue[];
  /** by the names of the command line */
  options: readonly NamedValue[];
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
  /** what the scores are sums of; null where they do not come from a dense layer; absent where there are no class scores */
  score?: ScoreSummary | null;
  /** those whose values are shown, the input first */
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

/** A layer's values on one image; its kind, shape and parameters stand in the network. */
export interface LayerSummary {
  name: string;
  /** the layer in words */
  caption: string;
  /** one a channel; none of a layer without height and width */
  channels: readonly ChannelSummary[];
  /** of a layer without height and width */
  units?: Float32Array;
  /** the classes whose probabilities its units are: all, or the second where one unit is enough for two */
  probabilityOf?: readonly string[];
  /** what contributions its units have */
  unitContributions?: readonly number[];
  /** of all values together */
  overall: PlaneStatistics;
}

export interface ChannelSummary {
  plane: Plane;
  statistics: PlaneStatistics;
  /** 0..1, of all values: those above 0 */
  firingFraction: number;
  /** gradient times activation, summed: to the score of the predicted class, where it is known */
  contribution?: number;
}
