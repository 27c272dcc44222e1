import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';

/** What turns scores into probabilities, as an operation of TensorFlow. */
export type ProbabilityOp = 'Sigmoid' | 'Softmax';

/**
 * A loss together with the activation that it ends: it works on logits, which is exact where probabilities saturate. Its
 * gradient is a formula of its own, probability less target, as in TensorFlow's fused op: walking back through the loss
 * op by op would take some ten ops in place of three and give 0 in place of 1/2 for a logit of 0, where relu and abs of
 * the stable form have a kink.
 */
export interface Loss {
  /** the op that the network has to end with */
  readonly activation: ProbabilityOp;
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
  gradient(exampleWeights: GraphTensor): GraphTensor;
}
