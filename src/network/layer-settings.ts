// A layer's settings as its file defines them: those that count, in tfjs's spelling; any other that would matter is refused.

import { CnnvizError } from '../base/errors.js';
import { readActivationName } from '../engines/contract/activation-name.js';
import type { LayerDefinition } from '../formats/network-definition.js';
import { ACTIVATION_NAMES } from './layers/activations.js';
import type { Settings } from './layers/keras-layer.js';
import { findSetActivation } from './layers/set-activations.js';

/** What is the same for all networks here. */
const ALWAYS = ['dtype', 'data_format'];

/** Values of settings that nobody knows which change nothing: not set, none, off, one group, steps of one. */
function changesNothing(key: string, value: unknown): boolean {
  if (value === null || value === false) return true;
  return Array.isArray(value) ? value.every((each) => changesNothing(key, each)) : ONES.test(key) && value === 1;
}

const ONES = /^(groups|dilation_rate)$/;

/**
 * @param known the settings that count, in Keras's spelling
 * @throws CnnvizError BAD_MODEL naming the layer and the setting
 */
export function readSettings({ address, kind, config }: LayerDefinition, known: readonly string[]): Settings {
  for (const [key, value] of Object.entries(config)) {
    if (known.includes(key) || ALWAYS.includes(key) || changesNothing(key, value)) continue;
    throw refuseLayer(address, `${kind} with ${key} ${JSON.stringify(value)} is not supported`);
  }
  return Object.fromEntries(
    known.flatMap((key) => {
      const value = key === 'activation' ? tfjsActivation(address, config[key]) : plainValue(config[key]);
      return value == null ? [] : [[toCamelCase(key), value]];
    }),
  );
}

/** Python's arrays as lists. */
export function plainValue(value: unknown): unknown {
  const { class_name: kind, config } = Object(value) as { class_name?: string; config?: { value?: unknown } };
  return kind === '__numpy__' || kind === '__tensor__' ? config?.value : value;
}

const toCamelCase = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** tfjs's name of an activation; a layer that stands for one counts where it has no settings of its own. */
function tfjsActivation(address: string, activation: unknown): string {
  const given = Object(activation) as { class_name?: string; config?: unknown };
  const name = activation == null ? 'linear' : typeof activation === 'string' ? activation : nameOfObject(given);
  const { class_name: kind = '', config } = given;
  const found = name === undefined ? findSetActivation(kind, Object(config)) : findNamed(name);
  if (found !== undefined) return found;
  throw refuseLayer(address, `the activation ${JSON.stringify(name ?? activation)} is not supported`, {
    hint: `cnnviz knows ${Object.keys(ACTIVATION_NAMES).join(', ')}. Put another one into a layer of its own.`,
  });
}

/** A saved model's `keras_elu(0.5)` has its settings in its name. */
function findNamed(name: string): string | undefined {
  if (Object.hasOwn(ACTIVATION_NAMES, name)) return ACTIVATION_NAMES[name];
  const activation = readActivationName(
    name.replace(/^keras_(\w)/, (_, letter: string) => `keras${letter.toUpperCase()}`),
  );
  return activation && findSetActivation(activation.kind, activation.settings);
}

const ACTIVATIONS_OF_LAYERS: Record<string, string> = { ReLU: 'relu', Softmax: 'softmax' };

function nameOfObject({ class_name: kind = '', config }: { class_name?: string; config?: unknown }) {
  if (typeof config === 'string') return config;
  const settings = Object(config) as Record<string, unknown>;
  if (kind === 'Activation' && typeof settings.activation === 'string') return settings.activation;
  const { max_value: most, negative_slope: slope, threshold, axis = -1 } = settings;
  if (kind === 'ReLU' && most === 6 && !slope && !threshold) return 'relu6';
  return most == null && !slope && !threshold && axis === -1 ? ACTIVATIONS_OF_LAYERS[kind] : undefined;
}

/** The error for a layer that cannot be built. */
export function refuseLayer(address: string, problem: string, options: { hint?: string; cause?: unknown } = {}) {
  return new CnnvizError('BAD_MODEL', `${address}: ${problem}`, options);
}
