// The configuration of a layer in Keras 3's words, whatever version or program wrote it.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { isObject, type Json } from './json.js';
import { findLayerKind } from './layer-kinds.js';

/** What only training, a first draw of weights, or the keeping of books needs. */
const USELESS = new Set([
  ...['name', 'trainable', 'autocast', 'seed', 'sparse', 'ragged', 'activity_regularizer', 'batch_size'],
  ...['fused', 'synchronized', 'renorm_clipping', 'renorm_momentum', 'virtual_batch_size', 'gptq_unpacked_column_size'],
]);
const isUseless = (key: string) => USELESS.has(key) || /_(initializer|regularizer|constraint)$/.test(key);

/** Values that change nothing, for a key that nobody knows: what is off, and one group of channels. */
function isNeutral(key: string, value: unknown): boolean {
  return value === null || value === false || (key === 'groups' && value === 1);
}

/** Who wrote a configuration. */
export interface Dialect {
  readonly isKeras2: boolean;
  readonly refuse: RefuseFile;
}

/** Keras 2's words for Keras 3's. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  LeakyReLU: { alpha: 'negative_slope' },
  InputLayer: { batch_input_shape: 'batch_shape' },
};

/**
 * @param name the layer's, for a refusal
 * @returns the keys that decide what the layer computes, and its `dtype`; every key of a kind that is not known here
 */
export function normalizeConfig(kind: string, config: Json, name: string, dialect: Dialect): Json {
  const { refuse } = dialect;
  const renamed = RENAMED[kind] ?? {};
  const known = findLayerKind(kind);
  const result: Json = {};
  for (const [given, value] of Object.entries(config)) {
    const key = Object.hasOwn(renamed, given) ? (renamed[given] as string) : given;
    if (key === 'dtype') result.dtype = readDtype(value);
    else if (known === undefined || known.keys.includes(key) || known.keys[0] === '*') result[key] = value;
    else if (key !== 'batch_input_shape' && key !== 'batch_shape' && !isUseless(key) && !isNeutral(key, value)) {
      throw refuse(`its layer ${name} (${kind}) has the setting ${key}: ${describeValue(value)}, which is not known`, {
        hint: 'It would change what the layer computes; save the network without it.',
      });
    }
  }
  if (result.data_format === 'channels_first') {
    throw refuse(`its layer ${name} (${kind}) takes channels first, and only networks with channels last are read`, {
      hint: 'Build the network with data_format="channels_last" in Keras, load its weights, and save it again.',
    });
  }
  if (kind === 'BatchNormalization') result.axis = unwrapSingle(result.axis ?? -1);
  if ('activation' in result) result.activation = readActivation(result.activation, name, dialect);
  return result;
}

/** Keras 3 may write a policy as an object; its name says the same. */
function readDtype(value: unknown): unknown {
  return isObject(value) && isObject(value.config) ? value.config.name : value;
}

/** Some versions write the one axis of a BatchNormalization as a list. */
function unwrapSingle(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** The name of a function, or a layer as `{ class_name, config }`. */
function readActivation(value: unknown, name: string, dialect: Dialect): unknown {
  if (value === null || value === undefined) return 'linear';
  if (value === 'hard_sigmoid' && dialect.isKeras2) return 'keras_2_hard_sigmoid'; // another function than Keras 3's
  if (!isObject(value)) return value;
  const { class_name: className, config, registered_name: registered } = value;
  if (className === 'function') {
    throw dialect.refuse(
      `its layer ${name} has the activation ${describeValue(typeof config === 'string' ? config : registered)}, a function of its author's`,
      {
        hint: 'No code of a file is run; use one of the activations of Keras.',
      },
    );
  }
  return {
    class_name: className,
    config: isObject(config) ? normalizeConfig(String(className), config, name, dialect) : {},
  };
}
