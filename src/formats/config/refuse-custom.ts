// Refuses layers whose computation is Python code of the network's author.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { Json } from './json.js';

const HINT =
  'No code of a file is run; build that part of the network of layers that Keras comes with, and save it again.';

export function refuseCustom(layer: Json, kind: string, name: string, refuse: RefuseFile): void {
  if (kind === 'Lambda') {
    throw refuse(`its layer ${name} is a Lambda, whose computation is Python code within the file`, { hint: HINT });
  }
  const { registered_name: registered, module } = layer;
  const isRegistered = kind.includes('>') || (typeof registered === 'string' && registered.includes('>'));
  const isForeign = typeof module === 'string' && !/^(tf_keras|keras|tensorflow)(\.|$)/.test(module);
  if (!isRegistered && !isForeign) return;
  const known = isRegistered && typeof registered === 'string' ? registered : kind;
  throw refuse(`its layer ${name} is of the class ${describeValue(known)}, which is not one of Keras's own`, {
    hint: HINT,
  });
}
