// The types of a method: what it maps, and from what.

import type { ScoreNetwork } from '../engines/contract/scores.js';
import type { SpatialLayer } from './select-layer.js';
import type { ClassTarget } from './targets.js';

/** What a layer puts out for one image, and how a class's score depends on it. */
export interface LayerEvidence {
  /** [height, width, channels]; both arrays are in this order */
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly activations: Float32Array;
  /** the derivative of the class's score for each activation */
  readonly gradients: Float32Array;
}

/**
 * A class activation map: from activations and gradients to one number a position, [height, width]. Above 0 is evidence
 * for the class, below 0 evidence against it: the papers' last step, which cuts off what is below 0, is left to those who
 * show the map.
 */
export type CamMethod = (evidence: LayerEvidence) => Float32Array;

/** One image whose parts are to be replaced. */
export interface PerturbedImage {
  readonly network: ScoreNetwork;
  /** one image, preprocessed */
  readonly input: Float32Array;
  /** what takes the place of its pixels */
  readonly fill: Float32Array;
  /** whose cells are mapped */
  readonly layer: SpatialLayer;
  /** what it puts out; empty for a method that maps no layer */
  readonly activations: Float32Array;
  readonly targets: readonly ClassTarget[];
  /** takes how many more runs of the network are done; ends the work by throwing */
  readonly advance: (runs: number) => Promise<void>;
}

/** From how scores change to a map for each target, [height, width] of the layer; as CamMethod. */
export type PerturbingMap = (image: PerturbedImage) => Promise<Float32Array[]>;
