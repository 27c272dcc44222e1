// Whether a network's outputs are scores, which the loss that it was trained with made probabilities of.

import { isObject } from '../config/json.js';
import type { Known } from '../network-file.js';

/** @param compiled `compile_config` or `training_config` of Keras, from whatever place in the file */
export function findScores(compiled: unknown): Known<'sigmoid' | 'softmax'> | undefined {
  const loss = isObject(compiled) ? compiled.loss : undefined;
  if (!isObject(loss) || !isObject(loss.config) || loss.config.from_logits !== true) return undefined;
  const kind = String(loss.class_name);
  if (!/Crossentropy$/.test(kind)) return undefined;
  const value = kind.startsWith('Binary') ? 'sigmoid' : 'softmax';
  return { value, source: `its loss ${kind}(from_logits=True)` };
}
