// A layer as Keras 3 has it: mostly the one of the same name.

import type { NamedArray } from '../../../engines/contract/training-step.js';
import { type ExportedLayer, isTrainingOnly, refuseLayer } from '../exported-network.js';
import { kerasLayerConfig } from './layer-config.js';

export interface KerasLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly NamedArray[];
  /** it takes its inputs as one list */
  readonly isMerging: boolean;
}

const MERGING = new Set(['Add', 'Average', 'Concatenate', 'Dot', 'Maximum', 'Minimum', 'Multiply', 'Subtract']);

/** @throws CnnvizError BAD_MODEL for a layer that Keras 3 does not have */
export function toKerasLayer(layer: ExportedLayer): KerasLayer {
  const { kind, isOwn, weights } = layer;
  // What we read without its settings: only training minds them.
  if (isOwn && isTrainingOnly(layer)) return plain({ ...layer, kind: 'Identity' });
  if (layer.config.operands !== undefined) return combination(layer, layer.config.operands as readonly unknown[]);
  if (kind === 'Normalization') return normalization(layer);
  return { ...plain(layer), weights };
}

function plain(layer: ExportedLayer): KerasLayer {
  const { kind } = layer;
  return { className: kind, config: kerasLayerConfig(layer), weights: [], isMerging: MERGING.has(kind) };
}

/** Tensors and numbers, one by one: a merging layer where all are tensors, a Rescaling where one is. */
function combination(layer: ExportedLayer, operands: readonly unknown[]): KerasLayer {
  const { kind } = layer;
  const isTensor = (operand: unknown, place: number) => (Object(operand) as { input?: number }).input === place;
  if (operands.every(isTensor) && MERGING.has(kind)) return plain(layer);
  const [first, number, ...more] = operands;
  if (isTensor(first, 0) && typeof number === 'number' && more.length === 0) {
    const settings = RESCALINGS[kind]?.(number);
    if (settings !== undefined) return plain({ ...layer, kind: 'Rescaling', config: settings });
  }
  throw refuseLayer(layer, 'no layer of Keras 3 computes that');
}

const RESCALINGS: Record<string, (number: number) => { scale: number; offset: number }> = {
  Add: (offset) => ({ scale: 1, offset }),
  Divide: (divisor) => ({ scale: 1 / divisor, offset: 0 }),
  Multiply: (scale) => ({ scale, offset: 0 }),
  Subtract: (taken) => ({ scale: 1, offset: -taken }),
  TrueDivide: (divisor) => ({ scale: 1 / divisor, offset: 0 }),
};

/** Its statistics as settings: as weights Keras wants to know from how many images they are. */
function normalization(layer: ExportedLayer): KerasLayer {
  const given = layer.weights.map(({ name, values }) => [name, [...values]]);
  return plain({ ...layer, config: { ...layer.config, ...Object.fromEntries(given) } });
}
