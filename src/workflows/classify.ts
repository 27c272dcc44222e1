/** What a network takes an image for. */
export interface Prediction {
  className: string;
  /** 0..1 */
  probability: number;
}

/**
 * The most probable class. One sigmoid unit is the probability of the second class, as Keras's `class_mode='binary'`
 * has it; several units are the probabilities of as many classes.
 *
 * @param outputs of the network's last layer for one image
 */
export function classify(outputs: Float32Array, classNames: readonly string[]): Prediction {
  const [single = 0] = outputs;
  const probabilities = outputs.length === 1 ? [1 - single, single] : Array.from(outputs);
  const probability = Math.max(...probabilities);
  const index = probabilities.indexOf(probability);
  return { className: classNames[index] ?? `class ${index}`, probability };
}
