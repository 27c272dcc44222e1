// Evaluates outputs: loss, accuracy, classes.

/** Keras's epsilon: no probability counts as less, so that a sure mistake costs 16.1 and not infinity. */
const EPSILON = 1e-7;

/** What a batch's outputs are worth. */
export interface OutputEvaluation {
  /** sum of the cross-entropies */
  lossSum: number;
  correctCount: number;
}

/**
 * Evaluates a network's outputs as Keras does: binary cross-entropy and the line at .5 for one sigmoid unit, categorical
 * cross-entropy and the largest output for several.
 *
 * @param outputs [examples, units], probabilities
 * @param classIndexes [examples]
 */
export function evaluateOutputs(outputs: Float32Array, classIndexes: Int32Array): OutputEvaluation {
  const units = outputs.length / classIndexes.length;
  const evaluation: OutputEvaluation = { lossSum: 0, correctCount: 0 };
  for (const [example, classIndex] of classIndexes.entries()) {
    const ofExample = outputs.subarray(example * units, (example + 1) * units);
    evaluation.lossSum -= Math.log(clip(probabilityOf(ofExample, classIndex)));
    if (classOf(ofExample) === classIndex) evaluation.correctCount++;
  }
  return evaluation;
}

function probabilityOf(outputs: Float32Array, classIndex: number): number {
  if (outputs.length > 1) return outputs[classIndex] as number;
  const second = outputs[0] as number;
  return classIndex === 1 ? second : 1 - second;
}

function classOf(outputs: Float32Array): number {
  if (outputs.length === 1) return (outputs[0] as number) > 0.5 ? 1 : 0;
  return outputs.indexOf(Math.max(...outputs));
}

function clip(probability: number): number {
  return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
}
