import { CnnvizError } from '../../base/errors.js';

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
 * @throws CnnvizError BAD_MODEL where some are NaN or infinite: nothing can be said of the image then
 */
export function classify(outputs: Float32Array, classNames: readonly string[]): Prediction {
  requireFinite(outputs, 'the network');
  const probabilities = classProbabilities(outputs);
  const probability = Math.max(...probabilities);
  const index = probabilities.indexOf(probability);
  return { className: nameClass(index, classNames), probability };
}

/** The probability of each class. */
export function classProbabilities(outputs: Float32Array): number[] {
  const [single = 0] = outputs;
  return outputs.length === 1 ? [1 - single, single] : Array.from(outputs);
}

/** What a class is called; by its number where there are no names. */
export function nameClass(index: number, classNames: readonly string[]): string {
  return classNames[index] ?? `class ${index}`;
}

/** @param network what is named in the error @throws CnnvizError BAD_MODEL for a network that gives NaN or infinity */
export function requireFinite(outputs: Float32Array, network: string): void {
  if (outputs.every(Number.isFinite)) return;
  const given = outputs.some(Number.isNaN) ? 'NaN' : 'infinity';
  throw new CnnvizError('BAD_MODEL', `${network} outputs ${given}: training diverged, or the weights are damaged`, {
    hint: 'Try other weights of the run (--weights last or --weights best), or train again with a lower learning rate.',
  });
}
