import type { GraphBuilder, GraphTensor } from '../graph-builder.js';

/** A loss together with the activation that it ends: it works on logits, which is exact where probabilities saturate. */
export interface Loss {
  /** the name of the operation that the network has to end with */
  readonly activation: string;
  /**
   * @param logits [batch, units], what the network's last activation gets
   * @param targets [batch, units] in 0..1, may be fractional
   */
  build(graph: GraphBuilder, logits: GraphTensor, targets: GraphTensor): LossTensors;
}

export interface LossTensors {
  /** [batch, units], the network's outputs */
  outputs: GraphTensor;
  /** [batch] */
  perExample: GraphTensor;
  /** [batch], 1 where the example is classified correctly, else 0 */
  correct: GraphTensor;
  /** @param exampleWeights [batch, 1] @returns the gradient of sum(weight * loss) for the logits */
  backward(exampleWeights: GraphTensor): GraphTensor;
}
