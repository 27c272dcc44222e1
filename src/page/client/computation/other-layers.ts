// Pooling and dense layers, value by value.

import type { Sliding } from '../../../base/layer-rule.js';
import type { Cell, Computed, UnitTerm, Values } from './cell.js';
import { add, placesUnder, type Weights, windowAt } from './convolution.js';

type Pooling = Sliding & { by: 'max' | 'average' };

/** The largest value under a window, of equals the first; or the mean, in which padding does not count. */
export function poolWindow(
  rule: Pooling,
  cell: Cell,
  input: Values,
  output: { width: number; height: number },
): Computed {
  const window = windowAt(input, cell.channel, placesUnder(rule, cell, input, output), rule);
  const inside = window.values.filter((value) => value !== null);
  if (rule.by === 'average') return { type: 'pooling', window, winner: undefined, value: add(inside) / inside.length };
  const value = Math.max(...inside);
  return { type: 'pooling', window, winner: window.values.indexOf(value), value };
}

/** The same of a whole map. */
export function poolMap(by: 'max' | 'average', channel: number, input: Values): Computed {
  const { width, height } = input;
  const values: number[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values.push(input.at({ channel, x, y }));
  const value = by === 'max' ? values.reduce((most, each) => Math.max(most, each)) : add(values) / values.length;
  return { type: 'map', by, count: values.length, value };
}

/** Units that are shown of those that add, and of those that take away. */
const SHOWN = 8;

/** The sum of all units of the input, each times its weight. */
export function weighUnits(
  unit: number,
  input: readonly number[],
  weights: Weights,
): Omit<Extract<Computed, { type: 'units' }>, 'activation' | 'value'> {
  const units = weights.kernelShape[1] as number;
  const terms = input.map((value, index): UnitTerm => {
    const weight = weights.kernel(index * units + unit);
    return { unit: index, value, weight, sum: value * weight };
  });
  const bySum = terms.toSorted((a, b) => b.sum - a.sum || a.unit - b.unit);
  const shown = [
    ...bySum.filter(({ sum }) => sum > 0).slice(0, SHOWN),
    ...bySum.filter(({ sum }) => sum < 0).slice(-SHOWN),
  ];
  const bias = weights.bias(unit);
  const sum = add(terms.map((term) => term.sum)) + (bias ?? 0);
  const isShown = new Set(shown);
  const others = terms.filter((term) => !isShown.has(term));
  const rest = others.length === 0 ? undefined : { count: others.length, sum: add(others.map((term) => term.sum)) };
  return { type: 'units', terms: shown, rest, bias, sum };
}
