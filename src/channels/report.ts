// The types: what every channel did on a folder of images, the content of channels.json.

/**
 * What every channel of a network did on a folder of images: the content of channels.json. Fractions are 0..1; a metric is
 * null where it is undefined (one image has no spread, one class no rival). docs/channels.md has the formulas.
 */
export interface ChannelReport {
  format: 'cnnviz-channels';
  formatVersion: number;
  versions: { cnnviz: string; node: string };
  backend: { name: string; version: string; threads: number };
  /** `identity`: see identifyModel; whoever uses the report with a network compares it */
  model: { path: string; weights?: 'last' | 'best'; epoch?: number; identity: string };
  /** path: of the folder; imageCount: images measured, bad ones do not count */
  data: {
    path: string;
    split: 'train' | 'validation' | 'test' | 'unseen' | 'held-out' | null;
    imageCount: number;
    badImageCount: number;
  };
  /** how images became the network's input (see `Preprocessing`); absent in reports of earlier versions */
  preprocessing?: object;
  /** sorted by name; empty for a folder without class folders */
  classes: ReportedClass[];
  /** in the network's order */
  layers: LayerMetrics[];
  /** what is to be said of it, a sentence each */
  verdict: string[];
}

export interface ReportedClass {
  className: string;
  /** images measured */
  imageCount: number;
}

/** One layer: its channels and their totals. */
export interface LayerMetrics {
  name: string;
  /** Keras's class name */
  kind: string;
  /** with the batch's 1: [1, height, width, channels], or [1, units] */
  shape: number[];
  /** the values that its activation can take, where both ends are fixed: sigmoid and tanh, not relu */
  range: [low: number, high: number] | null;
  /** of all its values, the fraction that is 0 or less */
  sparsity: number;
  /** of its channels, the fraction that fires nowhere on an image; mean over the images */
  silentFraction: number;
  deadCount: number;
  nearlyDeadCount: number;
  saturatedCount: number;
  /** over its channels, of the AUC of the class that each one separates best, mirrored to .5 or above; null without classes */
  separation: { best: number; median: number } | null;
  /** pairs of channels that say the same, the most alike first; null where the layer has too many channels to compare */
  duplicates: DuplicateChannels[] | null;
  /** in their order: `channels[c].channel === c` */
  channels: ChannelMetrics[];
}

/** Two channels whose values, at all positions of all images, have a correlation above 0.99. */
export interface DuplicateChannels {
  /** the lower number first */
  channels: [number, number];
  correlation: number;
}

/**
 * - dead: no value of it was above 0 on any image
 * - nearly-dead: it fires on fewer than 1 % of the images, or at fewer than 0.1 % of all values
 * - saturated: 99 % of its values or more lie within 1 % of the ends of its layer's range
 */
export type ChannelState = 'active' | 'dead' | 'nearly-dead' | 'saturated';

/** One channel over all images. A value fires when it is above 0. NaN and infinities count in no metric but their own. */
export interface ChannelMetrics {
  /** its number in the layer, from 0 */
  channel: number;
  state: ChannelState;
  /** of all values, those that fire */
  firingFraction: number;
  /** of all images, those on which some value fires */
  firingImageFraction: number;
  /** over all values of all images */
  mean: number;
  /** over all values of all images, of the population */
  standardDeviation: number;
  min: number;
  max: number;
  /** of all values, those within 1 % of the ends of the layer's range; null where the layer has none */
  saturatedFraction: number | null;
  /** images left out because some value of this channel was NaN or infinite */
  nonFiniteImageCount: number;
  /** one for each of the report's classes, in their order */
  classes: ChannelClassMetrics[];
  /** the class that it separates best from the others: its AUC is furthest from .5; of two, the one it responds to more */
  tells: number | null;
  /** how far each AUC can be off at most, from the bins that images are counted in */
  aucError: number | null;
  /** the image with the largest mean of this channel: its path within the data folder */
  strongestImage: { path: string; mean: number } | null;
}

/** One channel on the images of one class, and against all other images. */
export interface ChannelClassMetrics {
  /** over all values of the images */
  mean: number | null;
  /** of the images' means, of the sample (n - 1) */
  imageStandardDeviation: number | null;
  firingFraction: number | null;
  firingImageFraction: number | null;
  /** Cohen's d of the images' means, this class less the others; above 0: it responds more to this class */
  effectSize: number | null;
  /** how probable it is that an image of this class has a larger mean than another one, ties counting half */
  auc: number | null;
}
