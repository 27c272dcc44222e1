// The kinds of layers that a call's arguments decide: those that merge, and the operations of Keras 3's functional networks.

import { tf } from '../backend/tfjs/tensors.js';
import type { Part } from '../engines/contract/parts.js';
import type { CallDefinition, LayerDefinition } from '../formats/network-definition.js';
import { plainValue, readSettings, refuseLayer } from './layer-settings.js';
import type { LayerClass } from './layers/keras-layer.js';
import {
  BINARY_OPERATIONS,
  clip,
  getItem,
  type Operand,
  REDUCING_OPERATIONS,
  transpose,
  UNARY_OPERATIONS,
} from './layers/operation-layers.js';

const { layers } = tf;

/** Merging layers that tfjs has. */
const STOCK_MERGES: Readonly<Record<string, (config: { name: string }) => tf.layers.Layer>> = {
  Add: layers.add,
  Average: layers.average,
  Maximum: layers.maximum,
  Minimum: layers.minimum,
  Multiply: layers.multiply,
};

/** Operations that are an activation and nothing else. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  Exp: 'kerasExponential',
  HardSigmoid: 'kerasHardSigmoid',
  HardSilu: 'kerasHardSilu',
  LogSoftmax: 'logSoftmax',
  Mish: 'mish',
  Relu: 'relu',
  Relu6: 'relu6',
  Selu: 'selu',
  Sigmoid: 'sigmoid',
  Silu: 'swish',
  Softplus: 'softplus',
  Softsign: 'softsign',
  Tanh: 'tanh',
};

const byKind = (classes: readonly LayerClass[]) => new Map(classes.map((each) => [each.kind, each]));
const [BINARY, UNARY, REDUCING] = [BINARY_OPERATIONS, UNARY_OPERATIONS, REDUCING_OPERATIONS].map(byKind) as [
  Map<string, LayerClass>,
  Map<string, LayerClass>,
  Map<string, LayerClass>,
];

/**
 * The layer of one call of an operation; undefined for a kind that is not one, or that nobody knows.
 *
 * @param rank of the first input
 * @throws CnnvizError BAD_MODEL
 */
export function makeOperation(
  definition: LayerDefinition,
  call: CallDefinition,
  rank: number,
): tf.layers.Layer | undefined {
  const { address: name, kind, config } = definition;
  const activation = ACTIVATIONS[kind];
  if (activation !== undefined) {
    if (kind === 'LogSoftmax') requireLast(definition, config.axis ?? -1);
    return layers.activation({ name, activation: activation as 'relu' });
  }
  if (BINARY.has(kind) || kind in STOCK_MERGES) return makeMerge(definition, call);
  const Unary = UNARY.get(kind);
  if (Unary !== undefined) return new Unary({ name });
  const Reducing = REDUCING.get(kind);
  if (Reducing !== undefined) {
    const settings = readSettings(definition, ['axis', 'keepdims']);
    requireNoBatch(definition, settings.axis ?? 0);
    return new Reducing({ name, ...settings });
  }
  return OTHERS[kind]?.(definition, call, rank);
}

type MakeOperation = (definition: LayerDefinition, call: CallDefinition, rank: number) => tf.layers.Layer;

const OTHERS: Readonly<Record<string, MakeOperation>> = {
  Clip: (definition) => new clip({ name: definition.address, ...readSettings(definition, ['x_min', 'x_max']) }),
  Concatenate: ({ address: name, config }) => layers.concatenate({ name, axis: (config.axis ?? -1) as number }),
  Elu: ({ address: name, config }) => layers.elu({ name, alpha: (config.alpha ?? 1) as number }),
  Gelu: ({ address: name, config }) =>
    layers.activation({ name, activation: (config.approximate === false ? 'gelu' : 'kerasGeluApproximate') as 'relu' }),
  GetItem: (definition, { arguments: [, index] }, rank) =>
    new getItem({ name: definition.address, parts: readParts(definition, index, rank) }),
  LeakyRelu: ({ address: name, config }) => layers.leakyReLU({ name, alpha: (config.negative_slope ?? 0.2) as number }),
  Transpose(definition) {
    const { axes } = readSettings(definition, ['axes']) as { axes?: number[] };
    if (axes?.[0] !== 0) throw refuseLayer(definition.address, 'moves the batch to another axis');
    return new transpose({ name: definition.address, axes });
  },
};

/** A layer takes one list of tensors, an operation tensors and constants one by one. */
function makeMerge({ address: name, kind, isOperation }: LayerDefinition, call: CallDefinition): tf.layers.Layer {
  const stock = STOCK_MERGES[kind];
  if (!isOperation && stock !== undefined) return stock({ name });
  const given = isOperation ? call.arguments.slice(0, 2).map(plainValue) : call.inputs.map((_, input) => ({ input }));
  return new (BINARY.get(kind) as LayerClass)({ name, operands: given as Operand[] });
}

function requireLast({ address, kind }: LayerDefinition, axis: unknown): void {
  if (axis !== -1) throw refuseLayer(address, `${kind} along axis ${JSON.stringify(axis)} is not supported`);
}

function requireNoBatch({ address, kind }: LayerDefinition, axis: unknown): void {
  if ([axis].flat().includes(0)) throw refuseLayer(address, `${kind} over the images of a batch is not supported`);
}

/** What Python's `x[...]` takes along each axis after the batch. */
function readParts({ address }: LayerDefinition, index: unknown, rank: number): Part[] {
  const items: unknown[] = Array.isArray(index) ? index : [index];
  const parts = items.map((item) => readPart(address, item));
  const [batch, ...others] = parts.flatMap((part) =>
    part === 'ellipsis' ? Array.from({ length: rank - parts.length + 1 }, (): Part => ({})) : [part],
  );
  if (typeof batch === 'number' || Object.keys(batch ?? {}).length > 0) {
    throw refuseLayer(address, 'takes some images of a batch');
  }
  return others;
}

function readPart(address: string, item: unknown): Part | 'ellipsis' {
  if (typeof item === 'number') return item;
  const { class_name: kind, config } = Object(item) as { class_name?: string; config?: Record<string, unknown> };
  if (kind === '__ellipsis__') return 'ellipsis';
  if (kind !== '__slice__') throw refuseLayer(address, `takes a part by ${JSON.stringify(item)}`);
  return Object.fromEntries(Object.entries(config ?? {}).filter(([, value]) => value !== null));
}
