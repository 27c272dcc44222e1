// The result of a benchmark of explanation methods.

import type { MeanInterval } from '../../evaluation/mean-interval.js';
import type { ControlName } from '../../explain/benchmark/controls.js';
import type { MethodName } from '../../explain/methods.js';

/** Means over the images, with their 95 % confidence intervals. */
export interface MeanMetrics {
  /** of drawn images: share of the map's evidence inside the head, 0..1 */
  head?: MeanInterval;
  /** of drawn images: share of maps whose highest value lies in the head, 0..1 */
  pointing?: MeanInterval;
  /** of drawn images: share of the map's evidence where the twin differs, 0..1; an edge filter passes it, so it decides nothing */
  twinDifference?: MeanInterval;
  /** insertion minus deletion, -1..1, with a blurred copy of the image and with its mean color */
  blur?: MeanInterval;
  mean?: MeanInterval;
}

/** Rank correlation of a method's maps with those of the same network, redrawn: means over images and seeds, -1..1. */
export interface Redrawn {
  /** of the maps as they are, signs kept */
  signed: number;
  /** of their sizes */
  sizes: number;
}

/** A method at a layer. */
export interface BenchmarkedMethod {
  method: MethodName;
  /** "input" for a method that maps pixels, "windows" for one that hides windows of them */
  layer: string;
  metrics: MeanMetrics;
  /** in the metric that decides */
  decisive: MeanInterval;
  /** atChance: not shown to be above every control; ignoresWeights: above it, and much the same when the last layers are redrawn */
  verdict: 'trusted' | 'atChance' | 'ignoresWeights';
  /** the control with the highest mean */
  strongest: ControlName;
  /** over the strongest control, image by image, in the metric that decides */
  difference: MeanInterval;
  /**
   * how often so large an advantage over the control that it beats least would come by chance if there were none, corrected for the
   * number of methods (Holm, 1979), 0..1
   */
  adjustedP: number;
  /** the mean map of the other images, in the metric that decides */
  meanMap: MeanInterval;
  /** with the last layer redrawn, all layers after the last maps, and all layers */
  redrawn: { last: Redrawn; afterMaps: Redrawn; all: Redrawn };
  /** of one image, milliseconds */
  cpuMilliseconds: number;
}

/** A map that explains nothing. */
export interface BenchmarkedControl {
  control: Exclude<ControlName, 'mean'>;
  /** whose cells a random map has; absent where the layer does not matter */
  layer?: string;
  metrics: MeanMetrics;
  /** in the metric that decides */
  decisive: MeanInterval;
}

export interface BenchmarkReport {
  format: 'cnnviz-explanation-benchmark';
  formatVersion: 2;
  /** of the weights, see identifyModel */
  identity: string;
  imageCount: number;
  /** head: energy inside the head; curves: insertion minus deletion, mean of both fills */
  decides: 'head' | 'curves';
  /** the share of the head in the images, where it is known, 0..1 */
  headShare?: number;
  /** of the images with a twin, how many the network takes for another class than their twin */
  twins?: { turned: number; count: number };
  controls: BenchmarkedControl[];
  methods: BenchmarkedMethod[];
  /** what `--method auto` takes; null where no method beats its controls */
  chosen: { method: MethodName; layer: string } | null;
  /** what follows, in words */
  verdict: string[];
}

export interface BenchmarkResult {
  /** the results folder */
  out: string;
  files: string[];
  report: BenchmarkReport;
}
