// The type of a method: activations and gradients to a map.

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
