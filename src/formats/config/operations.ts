// Operations that stand among the layers of a functional network: `x / 127.5 - 1`, `x[:, 1:]`, `relu(x)`.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { CallDefinition } from '../network-definition.js';
import { isObject, type Json } from './json.js';
import type { NestedLayer } from './nested-network.js';

type Operation = Pick<NestedLayer, 'kind' | 'isOperation' | 'config' | 'calls'>;

/** TensorFlow's functions, which tf.keras records, as the operations of Keras 3. */
const TENSORFLOW_FUNCTIONS: Readonly<Record<string, string>> = {
  'math.truediv': 'TrueDivide',
  'math.divide': 'TrueDivide',
  'math.add': 'Add',
  '__operators__.add': 'Add',
  'math.subtract': 'Subtract',
  'math.multiply': 'Multiply',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
  'nn.relu': 'Relu',
  'nn.relu6': 'Relu6',
  'nn.sigmoid': 'Sigmoid',
  'math.sigmoid': 'Sigmoid',
  'nn.tanh': 'Tanh',
  'math.tanh': 'Tanh',
  'nn.silu': 'Silu',
  'nn.swish': 'Silu',
  '__operators__.getitem': 'GetItem',
};

/** Whether an entry of a functional network's layers is an operation: Keras 3's have neither a type nor a switch for training. */
export function isKerasOperation({ module, config, class_name: kind, inbound_nodes: nodes }: Json): boolean {
  if (typeof module === 'string') return /^keras\.src\.ops(\.|$)/.test(module);
  const isKeras3 = Array.isArray(nodes) && nodes.length > 0 && nodes.every(isObject);
  return isKeras3 && kind !== 'InputLayer' && isObject(config) && !('trainable' in config) && !('dtype' in config);
}

export function readKerasOperation({ config }: Json): Json {
  const { name: _, ...settings } = isObject(config) ? config : {};
  return settings;
}

export function isTensorFlowFunction(kind: string): boolean {
  return kind === 'TFOpLambda' || kind === 'SlicingOpLambda' || kind === 'TensorFlowOpLayer';
}

/** A call of a TensorFlow function as that of Keras 3's operation. */
export function translateFunction(
  config: Json,
  calls: readonly CallDefinition[],
  name: string,
  refuse: RefuseFile,
): Operation {
  const { function: given } = config;
  const known = typeof given === 'string' && Object.hasOwn(TENSORFLOW_FUNCTIONS, given);
  if (!known) {
    throw refuse(`its layer ${name} calls the TensorFlow function ${describeValue(given)}, which is not known`, {
      hint: 'Build that part of the network of layers of Keras, and save it again.',
    });
  }
  const kind = TENSORFLOW_FUNCTIONS[given] as string;
  return { kind, isOperation: true, config: {}, calls: calls.map(moveOperand) };
}

/** The second operand stands among the keywords, as `y`, or as the `slice_spec` of an indexing. */
function moveOperand({ inputs, arguments: given, keywords }: CallDefinition): CallDefinition {
  const operand = keywords.y ?? keywords.slice_spec;
  const first = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  return { inputs, arguments: operand === undefined ? first : [...first, readOperand(operand)], keywords: {} };
}

/** Tuples as lists, slices as Keras 3 writes them. */
function readOperand(operand: unknown): unknown {
  if (Array.isArray(operand)) return operand.map(readOperand);
  if (!isObject(operand)) return operand;
  if (operand.class_name === '__tuple__') return readOperand(operand.items);
  const isSlice = 'start' in operand && 'stop' in operand && 'step' in operand;
  return isSlice ? { class_name: '__slice__', config: operand } : operand;
}
