import type { LayerOutput } from './network.js';

/** What a network makes of one image. */
export interface ClassScores {
  /** one a unit of the last layer, before its sigmoid or softmax; its outputs where it has neither */
  scores: Float32Array;
  /** the network's outputs: probabilities, where it ends in a sigmoid or softmax */
  outputs: Float32Array;
}

/** How a sum of scores depends on what a layer puts out. */
export interface ScoreGradient {
  /** what the layer puts out for the image, with the batch's 1 in front */
  output: LayerOutput;
  /** the derivative of the sum of the scores, each times its weight, for every value of `output` */
  gradient: Float32Array;
}

/** A network's class scores and their gradients in inference, whichever engine computes them. */
export interface ScoreNetwork {
  /** without the batch: [height, width, channels] */
  readonly inputShape: readonly number[];
  /** scores of one image */
  readonly scoreCount: number;
  /** the layers between input and scores, in the network's order; shapes without the batch */
  readonly layers: readonly ScoredLayer[];
  /** @param input one image, preprocessed */
  computeScores(input: Float32Array): Promise<ClassScores>;
  /**
   * @param input one image, preprocessed
   * @param scoreWeights one a score: 1 for the class alone and 0 elsewhere; -1 turns a score's sign
   * @throws CnnvizError BAD_ARGUMENT for a layer that is not in `layers`
   */
  differentiate(input: Float32Array, layerName: string, scoreWeights: Float32Array): Promise<ScoreGradient>;
  dispose(): void;
}

export interface ScoredLayer {
  readonly name: string;
  readonly shape: readonly number[];
}
